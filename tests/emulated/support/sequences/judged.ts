import type { Properties } from "../../../protocol/support/struct";
import type { ResourceState } from "../checkpoint";
import type { Declaration } from "../program";
import { findDeclared } from "../records";
import { type AccountKey, toKey } from "./accountKey";
import { passwordRecorded } from "./passwordRecorded";
import type { Outcome, Story } from "./story";

/** A resource after a command, and what it should be. */
export interface Judged {
  readonly declaration: Declaration;
  /** What the engine did with it; none where it came to nothing before. */
  readonly step: string;
  readonly before: ResourceState | undefined;
  readonly after: ResourceState | undefined;
  readonly key: AccountKey;
  /** Undefined where only the state could tell, and it tells none of those that there are. */
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
