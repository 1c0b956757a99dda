import { type AccountIdentity } from "../contract/accountIdentity";
import { requireAdoptable } from "./adopt";
import { openToAll } from "../operation/tryPassword";
import { findProblems, unknownValue } from "../contract/inputs";
import type { ResourceLog } from "../session/resourceLog";
import type { Session } from "../session/session";
import { type State, stateVersion } from "../contract/state";
import { inSentences } from "../../tencentcloud/errors/inSentences";
import { AccountError } from "../../tencentcloud/errors/errors";
import { defaultAccount, describeAccounts, findAccount } from "../../tencentcloud/redis/describeInstanceAccount";

/**
 * Records an instance that Pulumi imports. The service never returns a password, so the state has no fingerprint yet:
 * the first update that has a password adopts the instance with it, without a reset.
 *
 * @param named the account in the id that the user has typed
 */
export async function importInstance(session: Session, log: ResourceLog, named: AccountIdentity): Promise<State> {
  const { region, instanceId } = named;
  const account = named.account === defaultAccount ? undefined : named.account;
  const identity: AccountIdentity = { region, instanceId, ...(account !== undefined && { account }) };
  const problems = findProblems({ ...identity, password: unknownValue });
  if (problems.length > 0) throw new Error(inSentences(`Import failed: ${problems.join("; ")}`, idForm));
  const context = session.contextFor(identity, session.deadlineIn(readSeconds), log);
  const owner = session.ownerAccountIdFor(identity);
  const remedy = "create the resource without importing it, which sets a password";
  const instance = await requireAdoptable(context, region, "Import", remedy);
  if (instance.isPasswordFree) log.warn(openToAll);
  if (account !== undefined) {
    const accounts = await describeAccounts(context.client, instanceId, context.deadline);
    if (!findAccount(accounts, account)) throw new AccountError(instanceId, account, "Import");
  }
  const ownerAccountId = await owner;
  return {
    stateVersion,
    ...identity,
    triggers: {},
    status: "done",
    ...(ownerAccountId !== undefined && { ownerAccountId }),
  };
}

const idForm = "the id to import is <region>/<instanceId>, or <region>/<instanceId>/<account>";

/** The time limit for the reads of an import. */
const readSeconds = 60;
