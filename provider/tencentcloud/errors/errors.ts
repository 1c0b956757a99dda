/**
 * The errors that the client throws to its callers. Each message is one self-contained line and never holds a secret.
 *
 * The guards compare `name`: an error may come from another copy of this module, for which `instanceof` fails.
 */
import { findApiError } from "./apiErrors";
import { AdvisingError, notChanged } from "./advisingError";
import { oneLine, withoutControls } from "./terminalText";

/** The service refused a call. */
export class ApiError extends AdvisingError {
  override readonly name = "ApiError";

  constructor(
    readonly action: string,
    /** The vendor's code, such as `AuthFailure.SignatureFailure`. */
    readonly code: string,
    readonly requestId: string,
    vendorMessage: string,
    /** How far this machine's clock is ahead of the service's, if known. */
    clockAheadMs?: number,
    { keySource }: { readonly keySource?: string | undefined } = {},
  ) {
    const entry = findApiError(code);
    const source = keySource && entry?.namesKeySource ? `; the key is from ${oneLine(keySource)}` : "";
    const cause = oneLine(`${vendorMessage} (${code}, request ${requestId})`);
    super(`${action} failed: ${cause}${source}`, entry?.advice?.({ action, clockAheadMs, keySource }));
  }
}

/** The action that sets the password of an account. Only the default account uses `ResetPassword`. */
export type PasswordAction = "ResetPassword" | "ModifyInstanceAccount";

/** The task of a reset. */
export interface ResetTask {
  readonly action: PasswordAction;
  readonly taskId: number;
  readonly instanceId: string;
  /** Absent for the default account. */
  readonly account?: string | undefined;
  /** The accepted request, for the vendor's support. */
  readonly requestId: string;
}

/** The service accepted a reset, and its task then ended without success. */
export class TaskError extends AdvisingError {
  override readonly name = "TaskError";

  constructor(
    task: ResetTask,
    /** The vendor's word: `failed` or `error`. */
    readonly status: string,
    vendorMessage: string,
  ) {
    const end = `ended as ${status}: ${oneLine(vendorMessage) || "the service gave no message"}`;
    super(`${task.action} failed: ${taskDid(task, end)}`, notChanged);
  }
}

/** A task was still running at the deadline. */
export class TaskTimeoutError extends AdvisingError {
  override readonly name = "TaskTimeoutError";

  constructor(task: ResetTask, timeoutSeconds: number) {
    const summary = `${task.action} timed out: ${taskDid(task, `was still running after ${timeoutSeconds} s`)}`;
    super(summary, undefined);
  }
}

/** The service does not know the task of an accepted reset. */
export class TaskUnknownError extends AdvisingError {
  override readonly name = "TaskUnknownError";
  /** Why the reset is in doubt: a sentence. */
  readonly reason: string;

  constructor(task: ResetTask) {
    super(`${task.action} failed: ${taskDid(task, "is unknown to the service")}`, undefined);
    this.reason = `task ${task.taskId} is unknown to the service`;
  }
}

/** The user has canceled the run: no request is sent, and no wait continues. */
export class CanceledError extends AdvisingError {
  override readonly name = "CanceledError";

  constructor(summary: string) {
    super(summary, undefined);
  }
}

export const wasNotSent = (action: string): string => `${action} was not sent: the run was canceled`;

/** Returns how a task has ended, or that it has not. */
export const taskDid = ({ taskId, instanceId, account, requestId }: ResetTask, end: string): string =>
  `task ${taskId} of ${[instanceId, account].filter(Boolean).join("/")} ${end} (request ${requestId})`;

/** The state of an instance forbids the operation, and will not change without the user. */
export class InstanceError extends AdvisingError {
  override readonly name = "InstanceError";

  /**
   * @param what what has failed, as the first word of the message
   * @param refusal the service's own error, if it was tried
   */
  constructor(instanceId: string, condition: "isolated" | "to be deleted", what: string, refusal?: unknown) {
    const told = isApiError(refusal) ? ` (${refusal.code}, request ${refusal.requestId})` : "";
    const summary = `${what} failed: the instance ${instanceId} is ${condition}${told}`;
    super(summary, instanceAdvice[condition], { cause: refusal });
  }
}

/** What to do about an instance that does not allow any change. */
export const instanceAdvice = {
  isolated: "restore the instance in the console, then run `pulumi up`",
  "to be deleted": "remove the resource from the program",
} as const;

/** What to do about an account that does not exist. */
export const accountAdvice =
  "create the account in the console or by CreateInstanceAccount, or correct the input account";

/** The instance has no such account. */
export class AccountError extends AdvisingError {
  override readonly name = "AccountError";

  constructor(instanceId: string, account: string, what: string) {
    const summary = `${what} failed: the instance ${instanceId} has no account ${oneLine(account)}`;
    super(summary, accountAdvice);
  }
}

interface TransportErrorOptions {
  readonly isTimeout?: boolean;
  readonly remedy?: string | undefined;
}

/** A request was not sent, or got no usable response. The message says which. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** Whether the request timed out, or was canceled, before its response began. */
  readonly isTimeout: boolean;
  /** What to do, as the rest of a sentence, if a retry failed with an instruction. The caller adds it to the message. */
  readonly remedy: string | undefined;

  constructor(
    readonly action: string,
    /**
     * `unreachable`: nothing was sent, and the next attempt may get through. `refused`: nothing was sent, and the next
     * attempt would be refused, too. `lost`: the request may have been carried out, and no response began, or only an
     * HTTP server error. `unusable`: the request may have been carried out, and the response is incomplete or not from
     * this API.
     */
    readonly outcome: "unreachable" | "refused" | "lost" | "unusable",
    readonly reason: string,
    { isTimeout = false, remedy }: TransportErrorOptions = {},
  ) {
    const isSent = outcome === "lost" || outcome === "unusable";
    super(`${action} ${isSent ? "got no usable answer" : "was not sent"}: ${oneLine(reason)}`);
    this.isTimeout = isTimeout;
    this.remedy = remedy;
  }
}

/** No credentials were found, or the ones found cannot be used. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";

  constructor(message: string, options?: ErrorOptions) {
    super(withoutControls(message), options);
  }
}

/** A setting outside the resource's inputs is wrong. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(message: string) {
    super(withoutControls(message));
  }
}

export const isApiError = (error: unknown): error is ApiError => hasName(error, "ApiError");
export const isTaskError = (error: unknown): error is TaskError => hasName(error, "TaskError");
export const isTaskUnknownError = (error: unknown): error is TaskUnknownError => hasName(error, "TaskUnknownError");
export const isTaskTimeoutError = (error: unknown): error is TaskTimeoutError => hasName(error, "TaskTimeoutError");
export const isTransportError = (error: unknown): error is TransportError => hasName(error, "TransportError");

/**
 * Returns whether an error has this name: it may come from another copy of its module, for which `instanceof` fails.
 */
export function hasName(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
