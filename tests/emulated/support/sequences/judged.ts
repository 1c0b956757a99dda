import type { Properties } from "../../../protocol/support/struct";
import type { ResourceState } from "../checkpoint";
import type { Declaration } from "../program";
import { passwordRecorded } from "./passwordRecorded";
import type { Outcome, Story } from "./story";

/** A resource after a command, and what it should be. */
export interface Judged {
  readonly declaration: Declaration;
  /** What the engine did with it; none where it came to nothing before. */
  readonly step: string;
  readonly before: ResourceState | undefined;
  readonly after: ResourceState | undefined;
  readonly instanceId: string;
  /** Undefined where only the state could tell, and it tells none of those that there are. */
  readonly password: string | undefined;
}

export function findJudged(story: Story, { before, result, program }: Outcome, declaration: Declaration): Judged {
  const { name, aliases = [], ignoreChanges = [], inputs } = declaration;
  const isIt = (state: ResourceState) => !state.delete && [name, ...aliases].includes(state.name);
  const after = story.stack.checkpoint.resources.find(isIt);
  const step = result.steps.find((text) => text.endsWith(` ${name}`))?.split(" ")[0] ?? "none";
  const isRecorded = (field: string) => ignoreChanges.includes(field) && (step === "same" || step === "update");
  const recorded: Properties = after?.outputs ?? {};
  return {
    declaration,
    step,
    before: before.resources.find(isIt),
    after,
    instanceId: String(isRecorded("instanceId") ? recorded.instanceId : inputs.instanceId),
    password: isRecorded("password") ? passwordRecorded(recorded) : String(program[0]?.inputs.password),
  };
}
