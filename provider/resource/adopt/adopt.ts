import { adoptionBaseline } from "../drift/compareWithService";
import { waitAgain } from "../../tencentcloud/errors/advisingError";
import { inSentences } from "../../tencentcloud/errors/inSentences";
import { AccountError, InstanceError } from "../../tencentcloud/errors/errors";
import type { InstanceContext } from "../session/instanceContext";
import { isOtherTaskError, waitUntilIdle } from "../operation/otherTasks";
import { type Operation, lookUpOwner, requirePassword } from "../operation/operation";
import { type State, recordInputs } from "../contract/state";
import { tryPassword, warnOpenToAll } from "../operation/tryPassword";
import { throwIfCanceled } from "../../tencentcloud/retry/deadline";
import { type InstanceStatus, describeInstance } from "../../tencentcloud/redis/describeInstance";

/** Adopts the instance of a new resource. */
export const adoptOnCreate = (operation: Operation): Promise<State> => adopt(operation, 'set onCreate to "reset"');

/** Adopts the instance of an imported resource, whose state has no password yet. */
export const adoptImported = (operation: Operation): Promise<State> =>
  adopt(operation, "run `pulumi refresh`, then `pulumi up` to set a password");

/**
 * Records the instance with the password in the program, without a reset.
 *
 * @param remedy what to do if the instance has no password
 */
async function adopt(operation: Operation, remedy: string): Promise<State> {
  const { session, news, instanceId, account, log } = operation;
  requirePassword(operation);
  lookUpOwner(operation);
  const instance = await requireAdoptable(operation, news.region, "Adoption", remedy);
  if (instance.isPasswordFree) warnOpenToAll(operation);
  // A task that ends later could set another password than the adopted one.
  await waitUntilIdle(operation, adoptionCanceled).catch((error: unknown) => {
    if (!isOtherTaskError(error)) throw error;
    throw adoptionFailed(error.message, waitAgain);
  });
  const state: State = { ...recordInputs(news), status: "done" };
  // Read before the password is tried, so that a change in between counts as drift.
  const { baseline, isComplete, isMissing } = await adoptionBaseline(operation);
  // Every instance has the default account.
  if (isMissing && account !== undefined) throw new AccountError(instanceId, account, "Adoption");
  const result = await tryPassword(operation);
  if (result?.outcome === "refused") {
    const owner = account === undefined ? instanceId : `the account ${account} of ${instanceId}`;
    const toDo = result.hasPassword ? `set password to the one that ${owner} has` : remedy;
    throw adoptionFailed(result.reason, toDo);
  }
  throwIfCanceled(operation.deadline, adoptionCanceled);
  session.notes.onAccount(news).adoptedFingerprint = news.password;
  log.info("is adopted with its password, nothing was reset");
  if (result?.outcome !== "accepted") log.warn(news.verify ? unverified : unproven);
  return {
    ...state,
    ...baseline,
    ...(!isComplete && { unchecked: true }),
    ...(result?.outcome !== "accepted" && { unproven: true }),
  };
}

/**
 * Reads an instance, and verifies that it has a password that can be adopted.
 *
 * @param remedy what to do if it has none
 */
export async function requireAdoptable(
  { client, instanceId, account, deadline }: InstanceContext,
  region: string,
  what: "Adoption" | "Import",
  remedy: string,
): Promise<InstanceStatus> {
  const failed = (cause: string, toDo: string) => new Error(inSentences(`${what} failed: ${cause}`, toDo));
  const instance = await describeInstance(client, instanceId, deadline);
  if (!instance) {
    const toDo = "check instanceId and region: an instance is found in its own region only";
    throw failed(`there is no instance ${instanceId} in ${region}`, toDo);
  }
  if (instance.condition !== "usable") throw new InstanceError(instanceId, instance.condition, what);
  if (instance.isPasswordFree && account === undefined) {
    throw failed(`${instanceId} is in password-free mode and has no password`, remedy);
  }
  return instance;
}

const adoptionCanceled = "Adoption was canceled";

const adoptionFailed = (cause: string, remedy: string): Error =>
  new Error(inSentences(`Adoption failed: ${cause}`, remedy));

const mayBeRefused = "the password was adopted without proof: AUTH may refuse it.";
const onlyOnce = "If the program still sets onCreate, remove it.";

/** Warns, after an adoption without `verify`, that the password may be wrong, and says what to do. */
export const unproven = `${mayBeRefused} If it does, change the input triggers to send it. ${onlyOnce}`;

/** The same warning if the password was tried without a clear result, which an earlier line has shown. */
const unverified = `${mayBeRefused} It could not be verified. ${onlyOnce}`;
