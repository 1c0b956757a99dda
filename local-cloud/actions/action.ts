import type { Caller } from "../model/caller";
import type { TaskFault } from "../model/tasks";
import type { ParameterRules, Parameters } from "../protocol/parameters";

/** One action of a service: what it takes, and what it answers beside the RequestId. */
export interface Action<Target> {
  readonly parameters: ParameterRules;
  /** Its documented limit, as a multiple of the 20 requests a second that most have. @default 1 */
  readonly quotaFactor?: number;
  /** Whether it may come with `Authorization: SKIP`. @default false */
  readonly unsigned?: true;
  /** Whether it starts a task. @default false */
  readonly startsTask?: true;
  run(target: Target, parameters: Parameters, circumstances: Circumstances): object;
}

interface Circumstances {
  readonly caller: Caller;
  /** What goes wrong with the task that the action starts. */
  readonly fault?: TaskFault;
}
