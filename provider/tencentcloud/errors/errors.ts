/**
 * Every error this package throws. Each message stands alone in one line and never holds a secret.
 *
 * The guards look at `name`: an error may come from another copy of this module, where `instanceof` fails.
 */
import { findApiError } from "./apiErrors";
import { AdvisingError } from "./advisingError";
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
    /** How far this machine's clock is ahead of the service's, where that is known. */
    clockAheadMs?: number,
    { keySource, ...options }: ErrorOptions & { readonly keySource?: string | undefined } = {},
  ) {
    const entry = findApiError(code);
    const source = keySource && entry?.namesKeySource ? `; the key is from ${oneLine(keySource)}` : "";
    const cause = oneLine(`${vendorMessage} (${code}, request ${requestId})`);
    super(`${action} failed: ${cause}${source}`, entry?.advice?.({ action, clockAheadMs, keySource }), options);
  }
}

/** The action that sets the password of an account: the default account has one of its own. */
export type PasswordAction = "ResetPassword" | "ModifyInstanceAccount";

/** The task of a reset, as far as an error names it. */
export interface ResetTask {
  readonly action: PasswordAction;
  readonly taskId: number;
  readonly instanceId?: string;
  /** Absent for the default account. */
  readonly account?: string | undefined;
  /** The request that was accepted, for the vendor's support. */
  readonly requestId?: string;
}

/** The service accepted a reset, and its task then ended without success. */
export class TaskError extends AdvisingError {
  override readonly name = "TaskError";

  constructor(
    readonly task: ResetTask,
    /** The vendor's word: `failed` or `error`. */
    readonly status: string,
    readonly taskMessage: string,
    options?: ErrorOptions,
  ) {
    const end = `ended as ${status}: ${oneLine(taskMessage) || "the service gave no message"}`;
    super(`${task.action} failed: ${taskDid(task, end)}`, "run `pulumi up` to send the password again", options);
  }
}

/** A task was still running when the time to wait for it was over. */
export class TaskTimeoutError extends AdvisingError {
  override readonly name = "TaskTimeoutError";

  constructor(
    readonly task: ResetTask,
    timeoutSeconds: number,
    options?: ErrorOptions,
  ) {
    const summary = `${task.action} timed out: ${taskDid(task, `was still running after ${timeoutSeconds} s`)}`;
    super(summary, undefined, options);
  }
}

/** The service does not know the task of an accepted reset. */
export class TaskUnknownError extends AdvisingError {
  override readonly name = "TaskUnknownError";
  /** Why the reset is in doubt: a sentence. */
  readonly reason: string;

  constructor(
    readonly task: ResetTask,
    options?: ErrorOptions,
  ) {
    super(`${task.action} failed: ${taskDid(task, "is unknown to the service")}`, undefined, options);
    this.reason = `task ${task.taskId} is unknown to the service`;
  }
}

/** The user has canceled the run: nothing more is sent, and nothing is waited for. */
export class CanceledError extends AdvisingError {
  override readonly name = "CanceledError";

  constructor(summary: string) {
    super(summary, undefined);
  }
}

export const wasNotSent = (action: string): string => `${action} was not sent: the run was canceled`;

/** Says of a task how it has ended, or that it has not. */
export const taskDid = ({ taskId, instanceId, account, requestId }: ResetTask, end: string): string => {
  const instance = instanceId === undefined ? "" : ` of ${instanceId}${account === undefined ? "" : `/${account}`}`;
  const request = requestId === undefined ? "" : ` (request ${requestId})`;
  return `task ${taskId}${instance} ${end}${request}`;
};

/** The state of an instance forbids what was asked for, and does not pass by itself. */
export class InstanceError extends AdvisingError {
  override readonly name = "InstanceError";

  /** @param refusal the service's own words for it, where it was asked */
  constructor(instanceId: string, condition: "isolated" | "to be deleted", operation: string, refusal?: unknown) {
    const told = isApiError(refusal) ? ` (${refusal.code}, request ${refusal.requestId})` : "";
    const summary = `${operation} failed: the instance ${instanceId} is ${condition}${told}`;
    super(summary, instanceAdvice[condition], { cause: refusal });
  }
}

/** What to do about an instance that nothing can be done with. */
export const instanceAdvice = {
  isolated: "restore the instance in the console, then run `pulumi up`",
  "to be deleted": "remove the resource from the program",
} as const;

/** What to do about an account that an instance does not have. */
export const accountAdvice =
  "create the account in the console or by CreateInstanceAccount, or correct the input account";

/** The instance has no such account. */
export class AccountError extends AdvisingError {
  override readonly name = "AccountError";

  constructor(instanceId: string, account: string, operation: string) {
    const summary = `${operation} failed: the instance ${instanceId} has no account ${oneLine(account)}`;
    super(summary, accountAdvice);
  }
}

interface TransportErrorOptions extends ErrorOptions {
  readonly isTimeout?: boolean;
  readonly remedy?: string | undefined;
}

/** No usable answer came. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  /** Whether the time for the request was over before its answer began. */
  readonly isTimeout: boolean;
  /** What to do, as the rest of a sentence, where another attempt was refused with an advice. */
  readonly remedy: string | undefined;

  constructor(
    readonly action: string,
    /**
     * `unreachable`: nothing was sent, and the next attempt may get through. `refused`: nothing was sent, and the next
     * attempt would be refused, too. `lost`: it may have been carried out, and no answer began. `unusable`: it may have been
     * carried out, and what came is no answer of this API, or only a part of one.
     */
    readonly outcome: "unreachable" | "refused" | "lost" | "unusable",
    readonly reason: string,
    { isTimeout = false, remedy, ...options }: TransportErrorOptions = {},
  ) {
    super(`${action} got no usable answer: ${oneLine(reason)}`, options);
    this.isTimeout = isTimeout;
    this.remedy = remedy;
  }
}

/** No credentials were found, or those found cannot be used. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";

  constructor(message: string, options?: ErrorOptions) {
    super(withoutControls(message), options);
  }
}

/** A setting outside the resource's inputs is wrong. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(message: string, options?: ErrorOptions) {
    super(withoutControls(message), options);
  }
}

export const isApiError = (error: unknown): error is ApiError => hasName(error, "ApiError");
export const isTaskError = (error: unknown): error is TaskError => hasName(error, "TaskError");
export const isTaskUnknownError = (error: unknown): error is TaskUnknownError => hasName(error, "TaskUnknownError");
export const isTaskTimeoutError = (error: unknown): error is TaskTimeoutError => hasName(error, "TaskTimeoutError");
export const isTransportError = (error: unknown): error is TransportError => hasName(error, "TransportError");

/** Whether an error has this name: it may come from another copy of its module, where `instanceof` fails. */
export function hasName(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
