import type { Secret } from "../secrets/secret";
import type { Client } from "../client/client";
import { classify } from "../errors/classify";
import { InstanceError, type PasswordAction, hasName, isApiError } from "../errors/errors";
import type { Deadline } from "../retry/deadline";
import { StopRetrying, retry } from "../retry/retry";
import { describeInstance } from "./describeInstance";
import type { Account } from "./describeInstanceAccount";
import { countResetsOnceIdle, lostAndThen } from "./lostAnswer";
import { requireAccount, toAccountChange } from "./toAccountChange";
import { optionalReadMs } from "./optionalReadMs";

/** A reset that the service has accepted. A task carries it out. */
export interface AcceptedReset {
  /** Absent if the service returned no valid one, as it may for a reset that leaves password-free mode. */
  readonly taskId?: number;
  readonly requestId: string;
  /** By the service's clock, in milliseconds since 1970. */
  readonly acceptedAtMs: number;
  /**
   * Why the response to an earlier attempt was lost: that attempt may have been carried out, whatever the result of
   * this one.
   */
  readonly lost?: Error;
}

/** The parameters of a reset. */
export interface ResetRequest {
  readonly instanceId: string;
  /** The account to reset as it is now, unless it is the default account. */
  readonly account?: Account | undefined;
  readonly password: Secret;
}

/**
 * Returns the action that sets the password of an account. An undefined account is the default one, which has a
 * separate action.
 */
export const passwordAction = (account: unknown): PasswordAction =>
  account === undefined ? "ResetPassword" : "ModifyInstanceAccount";

/**
 * Requests a reset of an account's password. If the response is lost, the same password is sent again once no change of
 * the password is running. The effect is the same, while a task that is found then could be somebody else's.
 *
 * @throws InstanceError if the instance's state forbids a reset and will not change without the user
 * @see https://cloud.tencent.com/document/api/239/30003
 */
export async function resetPassword(
  client: Client,
  { instanceId, account, password }: ResetRequest,
  deadline: Deadline,
): Promise<AcceptedReset> {
  const action = passwordAction(account);
  let current = account;
  const parameters = current
    ? () => toAccountChange(instanceId, current as Account, password)
    : { InstanceId: instanceId, Password: password };
  let resetsBefore = Infinity;

  /** The fields that are sent back unchanged may have changed while the instance was busy. */
  const readAgain = async (): Promise<void> => {
    if (current) current = await requireAccount(client, instanceId, current.name, deadline);
  };

  const checkState = createStateCheck(client, instanceId, action, deadline);
  const beforeRetry = async (refusal: unknown): Promise<void> => {
    await checkState(refusal);
    if (classify(refusal).verdict !== "transient") return;
    await readAgain().catch((error: unknown) => {
      throw hasName(error, "AccountError") ? error : refusal;
    });
  };

  const confirmRepeat = async (lost: Error): Promise<void> => {
    const resets = await countResetsOnceIdle(client, instanceId, deadline, action, lost);
    // The count has grown, so the lost attempts were carried out: another attempt would only add a reset.
    if (resets > resetsBefore) throw new StopRetrying(lost);
    resetsBefore = resets;
  };

  const send = async (lost: Error | undefined): Promise<AcceptedReset> => {
    if (lost) {
      await confirmRepeat(lost);
      await readAgain().catch((error: unknown) => {
        throw new StopRetrying(lostAndThen(action, lost, error));
      });
    }
    try {
      const response = await client({ action, parameters, deadline, repeatable: false, beforeRetry });
      const { RequestId: requestId, TaskId: taskId, answeredAtMs: acceptedAtMs } = response;
      return { ...(isTaskId(taskId) && { taskId }), requestId, acceptedAtMs, ...(lost && { lost }) };
    } catch (error) {
      if (!lost || isAmbiguous(error)) throw error;
      // Whatever error ends this attempt, the lost one may have been carried out.
      throw new StopRetrying(lostAndThen(action, lost, error));
    }
  };

  return retry((lastError) => send(lastError as Error | undefined), {
    deadline,
    // The client itself has retried all other transient failures.
    classify: (error) => (isAmbiguous(error) ? "ambiguous" : "final"),
  });
}

const isAmbiguous = (error: unknown): boolean => classify(error).verdict === "ambiguous";

const isTaskId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

/**
 * Returns a function that reads the instance's status once, if a refusal is due to its state: only the status shows
 * whether that state is temporary.
 */
function createStateCheck(
  client: Client,
  instanceId: string,
  action: PasswordAction,
  deadline: Deadline,
): (error: unknown) => Promise<void> {
  let isChecked = false;
  return async (error) => {
    const isAboutState = isApiError(error) && classify(error).verdict === "transient";
    if (isChecked || !isAboutState) return;
    isChecked = true;
    // If the status cannot be read, the state is assumed to be temporary.
    const instance = await describeInstance(client, instanceId, deadline, optionalReadMs).catch(() => undefined);
    if (instance && instance.condition !== "usable")
      throw new InstanceError(instanceId, instance.condition, action, error);
  };
}
