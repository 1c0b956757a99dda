import type { Properties } from "../../../protocol/support/struct";
import type { ResourceState } from "../checkpoint";
import type { Declaration } from "../program";
import { findDeclared } from "../records";
import { type AccountKey, toKey } from "./accountKey";
import { passwordRecorded } from "./passwordRecorded";
import type { Outcome, Story } from "./story";

/** A resource after a command, and its expected properties. */
export interface Judged {
  readonly declaration: Declaration;
  /** The engine's step for it; empty if the command ended before it. */
  readonly step: string;
  readonly before: ResourceState | undefined;
  readonly after: ResourceState | undefined;
  readonly key: AccountKey;
  /** Undefined if only the state could show it, and it matches none of the story's passwords. */
  readonly password: string | undefined;
}

export function findJudged(story: Story, { before, result }: Outcome, declaration: Declaration): Judged {
  const { name, ignoreChanges = [], inputs } = declaration;
  const after = findDeclared(story.stack.checkpoint.resources, declaration);
  const step = result.steps.find((text) => text.endsWith(` ${name}`))?.split(" ")[0] ?? "none";
  const isRecorded = (field: string) => ignoreChanges.includes(field) && (step === "same" || step === "update");
  const recorded: Properties = after?.outputs ?? {};
  return {
    declaration,
    step,
    before: findDeclared(before.resources, declaration),
    after,
    key: toKey({
      instanceId: (isRecorded("instanceId") ? recorded : inputs).instanceId,
      account: (isRecorded("account") ? recorded : inputs).account,
    }),
    password: isRecorded("password") ? passwordRecorded(recorded) : String(inputs.password),
  };
}
