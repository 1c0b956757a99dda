import type { Instances } from "../instances";
import type { ParameterRules, Parameters } from "../parameters";
import type { Tasks } from "../tasks";

/** What the actions work on. */
export interface Cloud {
  readonly region: string;
  readonly instances: Instances;
  readonly tasks: Tasks;
}

/** One action of the API: what it takes, and what it answers beside the RequestId. */
export interface Action {
  readonly parameters: ParameterRules;
  run(cloud: Cloud, parameters: Parameters): object;
}
