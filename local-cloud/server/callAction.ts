import type { Action } from "../actions/action";
import type { Fault } from "../faults/fault";
import type { Caller } from "../model/caller";
import { type Instances, isPasswordFree } from "../model/instances";
import type { ApiRequest } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { parseParameters } from "../protocol/parameters";

/** The result of an action. */
export interface CallResult {
  readonly answer: Readonly<Record<string, unknown>>;
  /** The task that was started, even if the response does not show it. */
  readonly taskId?: number;
}

interface Call {
  readonly request: ApiRequest;
  readonly caller: Caller;
  /** The instances of the action's region. @default none */
  readonly instances?: Instances;
}

/**
 * Runs an action with the parameters of a request. A fault of the instance applies before the action runs, and a fault
 * of the task is passed to the action.
 *
 * @throws CloudError
 */
export function callAction<Target>(
  action: Action<Target>,
  target: Target,
  { request, caller, instances }: Call,
  fault: Fault | undefined,
): CallResult {
  if (fault?.kind === "error") throw new CloudError(fault.code, "Injected by a fault.");
  const parameters = parseParameters(request, action.parameters);
  const instance = instances?.get(parameters.InstanceId as string);
  if (fault?.subject === "instance") instance?.condition.set(fault);
  const wasPasswordFree = instance !== undefined && isPasswordFree(instance);
  const taskFault = fault?.subject === "task" ? fault : undefined;
  const answer = { ...action.run(target, parameters, { caller, fault: taskFault }) };
  return action.startsTask ? separateTaskId(answer, wasPasswordFree ? fault : undefined) : { answer };
}

/**
 * The vendor says that the task id has no meaning if a request leaves password-free mode. The fault `task-id` sets the
 * id in the response to such a request.
 */
function separateTaskId(answer: { readonly TaskId?: number }, fault: Fault | undefined): CallResult {
  const { TaskId: taskId, ...others } = answer;
  if (fault?.kind !== "task-id") return { answer, taskId };
  return { answer: fault.taskId === undefined ? others : { ...others, TaskId: fault.taskId }, taskId };
}
