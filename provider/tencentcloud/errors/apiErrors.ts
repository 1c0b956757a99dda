/**
 * What a failure means for a retry.
 *
 * - `throttled`: nothing was done, the quota is used up
 * - `transient`: nothing was done, and the cause may be temporary
 * - `ambiguous`: the request may have been carried out, and may be repeated if a second execution is harmless
 * - `final`: a retry would fail in the same way
 */
export type Verdict = "throttled" | "transient" | "ambiguous" | "final";

/**
 * What a refusal is about, if that matters for more than a retry.
 *
 * - `unauthenticated`: the key or its signature is not accepted, for any action
 * - `denied`: the Tencent Cloud account or the key lacks a right, so that the action is refused for every instance
 * - `notFound`: what was asked for does not exist
 * - `perhapsNotFound`: DescribeTaskInfo documents the code for an unknown task, among other things
 */
export type RefusalKind = "unauthenticated" | "denied" | "notFound" | "perhapsNotFound";

/** An error code of the API: whether to retry it, and what the user can do about it. */
export interface ApiErrorCode {
  /** The code. It also matches all codes that start with it and a dot: `AuthFailure` matches `AuthFailure.…`. */
  readonly code: string;
  /** With a verdict other than `ambiguous`, the request was not carried out. */
  readonly verdict: Verdict;
  readonly kind?: RefusalKind;
  /** Whether the error names the source of the key. */
  readonly namesKeySource?: true;
  /** What to do, as the rest of a sentence: `check the region`. */
  readonly advice?: (refusal: Refusal) => string;
}

/** How errors name the config of the stack, or of an explicit provider, as the source of a key. */
export const inConfig = "the config";

/** The data that the advice depends on. */
interface Refusal {
  readonly action: string;
  /** How far this machine's clock is ahead of the service's, if known. */
  readonly clockAheadMs?: number | undefined;
  /** Where the key comes from, as errors name it. */
  readonly keySource?: string | undefined;
}

const withoutAccounts =
  "remove the resources with the input account: this kind of instance, such as Redis 2.8, has no other accounts";

/** What to do if an instance does not support an action. */
const unsupported: Readonly<Record<string, string>> = {
  ResetPassword: "remove the resource from the program: this kind of instance cannot have its password reset",
  ModifyInstanceAccount: withoutAccounts,
  DescribeInstanceAccount: withoutAccounts,
};

/** CAM can grant these for single instances, unlike the actions that read. */
const limitedToInstances: ReadonlySet<string> = new Set(["ResetPassword", "ModifyInstanceAccount"]);

const awaitRecovery = () => "wait for the service to recover";
const allowAddress = () => "allow this machine's address in the access rules of the Tencent Cloud account";
const checkRole = () => "check the role's ARN";
const lowerParallel = () => "lower --parallel, since others use the quota of the Tencent Cloud account too";

/**
 * The codes that are retried, come with advice, or have a kind. The first entry that matches a code decides. Any other
 * code is `final` and comes without advice. `npm run generate` writes the table of docs/errors.md from it.
 */
export const apiErrors: readonly ApiErrorCode[] = [
  // The signature's timestamp is more than 5 minutes away from the service's time: the clock is wrong, not the key.
  {
    code: "AuthFailure.SignatureExpire",
    verdict: "final",
    kind: "unauthenticated",
    advice: ({ clockAheadMs }) => `set this machine's clock: it is ${describeClockError(clockAheadMs)}`,
  },
  // The token of a temporary key is wrong or has expired.
  {
    code: "AuthFailure.TokenFailure",
    verdict: "final",
    kind: "unauthenticated",
    namesKeySource: true,
    advice: () => "renew the temporary credentials: their token is wrong or has expired",
  },
  // CAM denies the action.
  {
    code: "AuthFailure.UnauthorizedOperation",
    verdict: "final",
    kind: "denied",
    namesKeySource: true,
    advice: grantPermission,
  },
  // The key does not exist, is disabled, or did not make the signature.
  {
    code: "AuthFailure",
    verdict: "final",
    kind: "unauthenticated",
    namesKeySource: true,
    advice: checkKey,
  },
  // An internal error of the service, which may have happened before or after the change.
  { code: "FailedOperation.SystemError", verdict: "ambiguous", kind: "perhapsNotFound", advice: awaitRecovery },
  // An error whose cause the service itself does not know.
  { code: "FailedOperation.Unknown", verdict: "ambiguous", advice: awaitRecovery },
  // The action does not exist for this kind of instance.
  {
    code: "FailedOperation.UnSupportError",
    verdict: "final",
    advice: ({ action }) =>
      unsupported[action] ?? `ask the vendor's support about ${action}: this kind of instance does not have it`,
  },
  // STS cannot read the named role. The role is wrong, not the service.
  { code: "InternalError.GetRoleError", verdict: "final", advice: checkRole },
  // STS does not accept the named role.
  { code: "InternalError.IllegalRole", verdict: "final", advice: checkRole },
  // Any other internal error of the service, which may have happened before or after the change.
  { code: "InternalError", verdict: "ambiguous", advice: awaitRecovery },
  // What the service may return for a task that it no longer knows.
  { code: "InvalidParameter.InvalidParameter", verdict: "final", kind: "perhapsNotFound" },
  // STS throttles with this code.
  { code: "InvalidParameter.OverLimit", verdict: "throttled", advice: lowerParallel },
  // CAM denies the action: some actions of Redis use this code.
  { code: "InvalidParameter.PermissionDenied", verdict: "final", kind: "denied", advice: grantPermission },
  // The password does not meet the instance's own password policy.
  {
    code: "InvalidParameterValue.PasswordRuleError",
    verdict: "final",
    advice: () => "choose a password that meets the instance's own password policy",
  },
  // The access rules of the Tencent Cloud account exclude this machine.
  { code: "IpInBlacklist", verdict: "final", advice: allowAddress },
  // The access rules of the Tencent Cloud account do not include this machine.
  { code: "IpNotInWhitelist", verdict: "final", advice: allowAddress },
  // The quota of requests per second is used up.
  { code: "RequestLimitExceeded", verdict: "throttled", advice: lowerParallel },
  // Another change of the instance is running. The vendor's Terraform provider, too, retries this code and the next.
  { code: "ResourceInUse", verdict: "transient", advice: () => "wait for the other change of the instance to end" },
  // The instance or the role does not exist, or these credentials do not see it.
  {
    code: "ResourceNotFound",
    verdict: "final",
    kind: "notFound",
    advice: ({ action }) =>
      isStsAction(action) ? checkRole() : "check instanceId and region: an instance is found in its own region only",
  },
  // The service could not read the security groups of the instance, and has changed nothing.
  {
    code: "ResourceUnavailable.GetSecurityError",
    verdict: "transient",
    advice: () => "check the instance's security groups in the console",
  },
  // The instance is not running. Only its status shows whether it will be (an isolated one will not).
  { code: "ResourceUnavailable", verdict: "transient", advice: () => "wait for the instance to be running" },
  // The service is down or restarting, and may have failed in the middle of the request.
  { code: "ServiceUnavailable", verdict: "ambiguous", advice: awaitRecovery },
  // The vendor has not enabled the feature for this Tencent Cloud account.
  {
    code: "UnauthorizedOperation.UserNotInWhiteList",
    verdict: "final",
    kind: "denied",
    advice: () => "ask the vendor to enable this feature for the Tencent Cloud account",
  },
  // CAM denies the action.
  { code: "UnauthorizedOperation", verdict: "final", kind: "denied", advice: grantPermission },
  // The region does not exist, or does not have this service.
  { code: "UnsupportedRegion", verdict: "final", advice: () => "check the region" },
];

/** Returns the entry for a code, or undefined for a code that is final and comes without advice. */
export const findApiError = (code: string): ApiErrorCode | undefined =>
  apiErrors.find((entry) => code === entry.code || code.startsWith(`${entry.code}.`));

/** The action belongs to the service that issues temporary credentials, and concerns no instance. */
const isStsAction = (action: string): boolean => action.startsWith("AssumeRole");

/** A key in config may be an old one, since Pulumi hands over what it has recorded. */
function checkKey({ keySource }: Refusal): string {
  const isPerhapsOld = keySource === undefined || keySource.includes(inConfig);
  const ofLastUp = " (a refresh or destroy uses those of the last up, unless run with --run-program)";
  return `check the secret id and key${isPerhapsOld ? ofLastUp : ""}`;
}

function grantPermission({ action }: Refusal): string {
  if (isStsAction(action)) return `grant the CAM action sts:${action} on the role`;
  return `grant the CAM action redis:${action}${limitedToInstances.has(action) ? " on this instance" : ""}`;
}

function describeClockError(aheadMs: number | undefined): string {
  if (aheadMs === undefined) return "more than 5 minutes away from the service's";
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const difference = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${difference} ${aheadMs > 0 ? "ahead of" : "behind"} the service's`;
}
