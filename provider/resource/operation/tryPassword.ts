import type { Operation } from "./operation";
import { lastAttemptMs } from "../../tencentcloud/retry/deadline";
import { formatHostPort } from "../../tencentcloud/transport/hostPort";
import type { Secret } from "../../tencentcloud/secrets/secret";
import type { Verification } from "../verify/verifyPassword";
import type { Address } from "../contract/verifyInput";

/** The final result of trying a password; `refused` whenever AUTH with it fails, also if the instance has none. */
export type Trial =
  | { readonly outcome: "accepted" }
  | { readonly outcome: "refused"; readonly reason: string; readonly hasPassword: boolean }
  | { readonly outcome: "unknown"; readonly reason: string };

/**
 * Tries the password at the instance, if the program asks for it. Before a refusal counts, it is tried again for a
 * while: a new password can take seconds to reach every node. If it cannot be verified, a warning is logged.
 *
 * @returns undefined if the program does not ask for it
 */
export const tryPassword = (operation: Operation): Promise<Trial | undefined> => tryWith(operation, attemptForAWhile);

/** Tries the password a single time, for a caller that polls. */
export const tryPasswordOnce = (operation: Operation): Promise<Trial | undefined> => tryWith(operation, attempt);

async function tryWith(
  operation: Operation,
  makeAttempt: (operation: Operation, address: Address, password: Secret) => Promise<Verification>,
): Promise<Trial | undefined> {
  const { news, password, log, warnings } = operation;
  if (!news.verify) return undefined;
  const where = formatHostPort(news.verify.host, news.verify.port);
  const result: Verification =
    password === undefined
      ? { outcome: "unknown", reason: "this run was not given it" }
      : await makeAttempt(operation, news.verify, password);
  if (result.outcome === "accepted") {
    if (result.isPasswordFree) warnOpenToAll(operation);
    return { outcome: "accepted" };
  }
  const { outcome, reason } = result;
  if (outcome === "refused") return { outcome, reason: `${where} refuses the password: ${reason}`, hasPassword: true };
  // In password-free mode, AUTH does not verify the password of another account.
  if (outcome === "passwordless" && news.account === undefined) {
    return { outcome: "refused", reason: `${where} has no password: ${reason}`, hasPassword: false };
  }
  if (!warnings.has(couldNotVerify)) {
    log.warn(`${couldNotVerify} at ${where}: ${reason}`);
    // A caller that polls gets the warning once.
    warnings.add(couldNotVerify);
  }
  return { outcome: "unknown", reason };
}

/** Warns once in an operation. */
export function warnOpenToAll({ log, warnings }: Operation): void {
  if (!warnings.has(openToAll)) log.warn(openToAll);
  warnings.add(openToAll);
}

/** A warning that holds even if the account's own password is correct. */
export const openToAll = "password-free mode is on: anyone who reaches the instance can sign in without a password";

const couldNotVerify = "the password could not be verified";

/** 15 s in total. Not left to `retry`, whose pauses are random: a refusal counts only after this whole time. */
const pausesMs = [1000, 2000, 4000, 8000] as const;
/** An instance may never become reachable: 3 s is enough for one that restarts a connection or a node. */
const pausesWhileUnknown = 2;

/** If the instance refuses the password and then becomes unreachable, the refusal still counts. */
async function attemptForAWhile(operation: Operation, address: Address, password: Secret): Promise<Verification> {
  const { deadline } = operation;
  let result = await attempt(operation, address, password);
  for (const [index, pauseMs] of pausesMs.entries()) {
    const isFinal = result.outcome === "accepted" || (result.outcome === "unknown" && index >= pausesWhileUnknown);
    if (isFinal || deadline.remainingMs() < pauseMs + lastAttemptMs) return result;
    await deadline.clock.sleep(pauseMs);
    const next = await attempt(operation, address, password);
    if (next.outcome !== "unknown" || result.outcome === "unknown") result = next;
  }
  return result;
}

function attempt({ session, account, deadline }: Operation, address: Address, password: Secret): Promise<Verification> {
  const remainingMs = deadline.remainingMs();
  if (remainingMs < lastAttemptMs) {
    const reason = deadline.clock.isCanceled?.() ? "the run was canceled" : "timeoutSeconds left no time for it";
    return Promise.resolve({ outcome: "unknown", reason });
  }
  return session.verifyPassword(address, { account, password }, remainingMs);
}
