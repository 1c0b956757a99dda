import type { Caller } from "../model/caller";
import type { TaskFault } from "../model/tasks";
import type { ParameterRules, Parameters } from "../protocol/parameters";

/** An action of a service: its parameters, and what it returns in addition to the RequestId. */
export interface Action<Target> {
  readonly parameters: ParameterRules;
  /** Its documented rate limit, as a multiple of the 20 requests per second of most actions. @default 1 */
  readonly quotaFactor?: number;
  /** Whether it accepts `Authorization: SKIP`. @default false */
  readonly unsigned?: true;
  /** Whether it starts a task. @default false */
  readonly startsTask?: true;
  run(target: Target, parameters: Parameters, circumstances: Circumstances): object;
}

interface Circumstances {
  readonly caller: Caller;
  /** The fault of the task that the action starts. */
  readonly fault?: TaskFault;
}
