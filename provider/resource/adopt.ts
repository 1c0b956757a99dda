import { adoptionBaseline } from "./drift";
import { inSentences } from "../tencentcloud/errors/advisingError";
import { AccountError, InstanceError } from "../tencentcloud/errors/errors";
import { isOtherTaskError, waitBeforeSending } from "./otherTasks";
import { type Run, lookUpOwner, requirePassword } from "./run";
import { type State, recordInputs } from "./state";
import { tryPassword, warnOpenToAll } from "./tryPassword";
import { describeInstance } from "../tencentcloud/redis/describeInstance";

/** Records the instance with the password that the program gives, and resets nothing. */
export async function adopt(run: Run): Promise<State> {
  const { session, news, client, instanceId, account, deadline, log } = run;
  requirePassword(run);
  lookUpOwner(run);
  const instance = await describeInstance(client, instanceId, deadline);
  if (!instance) {
    const cause = `there is no instance ${instanceId} in ${news.region}`;
    throw adoptionFailed(cause, "check instanceId and region: an instance is found in its own region only");
  }
  if (instance.condition !== "usable") throw new InstanceError(instanceId, instance.condition, "Adoption");
  if (instance.isPasswordFree && account !== undefined) warnOpenToAll(run);
  if (instance.isPasswordFree && account === undefined) {
    throw adoptionFailed(`${instanceId} is in password-free mode and has no password`, 'set onCreate to "reset"');
  }
  // What ends later than this would not be the password that is adopted.
  await waitBeforeSending(run).catch((error: unknown) => {
    if (!isOtherTaskError(error)) throw error;
    throw adoptionFailed(error.message, "run `pulumi up` once it has ended");
  });
  const state: State = { ...recordInputs(news), status: "done" };
  // Looked at before the password is tried: what comes between is drift.
  const { baseline, isComplete, isMissing } = await adoptionBaseline(run);
  // Every instance has the default account.
  if (isMissing && account !== undefined) throw new AccountError(instanceId, account, "Adoption");
  const result = await tryPassword(run);
  if (result?.outcome === "refused") {
    const owner = account === undefined ? instanceId : `the account ${account}`;
    const remedy = result.hasPassword ? `set password to the one that ${owner} has` : 'set onCreate to "reset"';
    throw adoptionFailed(result.reason, remedy);
  }
  session.notes.onAccount(news).adoptedFingerprint = news.password;
  log.info("is adopted with its password, nothing was reset");
  if (result?.outcome !== "accepted") log.warn(unproven);
  return {
    ...state,
    ...baseline,
    ...(!isComplete && { unchecked: true }),
    ...(result?.outcome !== "accepted" && { unproven: true }),
  };
}

const adoptionFailed = (cause: string, remedy: string): Error =>
  new Error(inSentences(`Adoption failed: ${cause}`, remedy));

/** What nobody can know of an adoption that was not tried, and what to do about it. */
export const unproven =
  "the password was adopted unproven, AUTH may refuse it. Set verify to prove an adoption, and remove onCreate from the " +
  "program after the first `pulumi up`.";
