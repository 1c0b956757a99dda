import { AdvisingError } from "../../tencentcloud/errors/advisingError";
import { type CheckedInputs, defaultTimeoutSeconds } from "../contract/inputs";
import type { InstanceContext } from "../session/instanceContext";
import type { ResourceLog } from "../session/resourceLog";
import type { PasswordAction } from "../../tencentcloud/errors/errors";
import { passwordAction } from "../../tencentcloud/redis/resetPassword";
import type { Secret } from "../../tencentcloud/secrets/secret";
import type { Session } from "../session/session";
import type { State } from "../contract/state";

/** One create or update of a resource: what its steps share. */
export interface Operation extends InstanceContext {
  readonly session: Session;
  readonly news: CheckedInputs;
  /** The action that sets the password. */
  readonly action: PasswordAction;
  /** Absent if Pulumi has passed none, as with `ignoreChanges`. */
  readonly password?: Secret;
  /** The warnings logged so far. */
  readonly warnings: Set<string>;
  /** The Tencent Cloud account that the instance belongs to, once it is known. */
  ownerAccountId?: string;
  /** Whether the password may be sent once more by this operation. */
  mayResend: boolean;
}

export function startOperation(session: Session, log: ResourceLog, news: CheckedInputs): Operation {
  const deadline = session.deadlineIn(news.timeoutSeconds ?? defaultTimeoutSeconds);
  const password = session.passwords.recall(news.password);
  const context = session.contextFor(news, deadline, log);
  return {
    ...context,
    session,
    news,
    action: passwordAction(news.account),
    ...(password && { password }),
    warnings: new Set(),
    mayResend: true,
  };
}

/** @throws Error if Pulumi has passed no password */
export function requirePassword({ action, password }: Operation): Secret {
  if (password === undefined)
    throw new AdvisingError(`${action} was not sent: this run has no password`, withoutIgnoring);
  return password;
}

/** Starts a read of the instance's owner in parallel. Nothing waits for the response. */
export function lookUpOwner(operation: Operation, { ownerAccountId }: Pick<State, "ownerAccountId"> = {}): void {
  if (ownerAccountId !== undefined) operation.ownerAccountId ??= ownerAccountId;
  void operation.session.ownerAccountIdFor(operation.news).then((known) => {
    if (known !== undefined) operation.ownerAccountId = known;
  });
}

/** What to do about a password that Pulumi does not pass. */
export const withoutIgnoring = "remove password from ignoreChanges for this run";
