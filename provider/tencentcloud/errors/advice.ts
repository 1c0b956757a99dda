interface Refusal {
  readonly action: string;
  readonly clockAheadMs: number | undefined;
}

const itsOwn = () => "wait for the service to recover";

/**
 * What a person can do about a code: the first prefix that fits. Codes without advice are not listed. The same table is
 * in docs/errors.md.
 */
export const advice: readonly (readonly [prefix: string, text: (refusal: Refusal) => string])[] = [
  ["AuthFailure.SignatureExpire", ({ clockAheadMs }) => `set this machine's clock: it is ${clockOff(clockAheadMs)}`],
  ["AuthFailure.TokenFailure", () => "renew the temporary credentials: their token is wrong or has expired"],
  ["AuthFailure.UnauthorizedOperation", permission],
  [
    "AuthFailure",
    () =>
      "check the secret id and key (a refresh or destroy without --run-program uses the Pulumi config of the last up, " +
      "so prefer credentials from the environment)",
  ],
  ["FailedOperation.SystemError", itsOwn],
  ["FailedOperation.Unknown", itsOwn],
  [
    "FailedOperation.UnSupportError",
    ({ action }) =>
      action === "ResetPassword"
        ? "remove the resource from the program: this kind of instance cannot have its password reset"
        : `ask the vendor's support about ${action}: this kind of instance does not have it`,
  ],
  ["InternalError.GetRoleError", () => "check the role's ARN"],
  ["InternalError.IllegalRole", () => "check the role's ARN"],
  ["InternalError", itsOwn],
  ["InvalidParameter.OverLimit", () => "lower --parallel, since others use the account's quota too"],
  ["InvalidParameter.PermissionDenied", permission],
  ["InvalidParameterValue.PasswordRuleError", () => "choose a password that meets the instance's own password policy"],
  ["IpInBlacklist", () => "allow this machine's address in the account's access rules"],
  ["IpNotInWhitelist", () => "allow this machine's address in the account's access rules"],
  ["RequestLimitExceeded", () => "lower --parallel, since others use the account's quota too"],
  ["ResourceInUse", () => "wait for the other change of the instance to end"],
  [
    "ResourceNotFound",
    ({ action }) =>
      isOfSts(action)
        ? "check the role's ARN"
        : "check instanceId and region: an instance is found in its own region only",
  ],
  ["ResourceUnavailable", () => "wait for the instance to be running"],
  ["ServiceUnavailable", itsOwn],
  ["UnauthorizedOperation.UserNotInWhiteList", () => "ask the vendor to enable this feature for the account"],
  ["UnauthorizedOperation", permission],
  ["UnsupportedRegion", () => "check the region"],
];

/** The action belongs to the service that gives temporary credentials, and has to do with no instance. */
const isOfSts = (action: string): boolean => action.startsWith("AssumeRole");

function permission({ action }: Refusal): string {
  if (isOfSts(action)) return `grant the CAM action sts:${action} on the role`;
  // CAM cannot limit the actions that read to one instance.
  return `grant the CAM action redis:${action}${action === "ResetPassword" ? " on this instance" : ""}`;
}

export const adviceFor = (code: string, refusal: Refusal): string | undefined =>
  advice.find(([prefix]) => code === prefix || code.startsWith(`${prefix}.`))?.[1](refusal);

function clockOff(aheadMs: number | undefined): string {
  if (aheadMs === undefined) return "more than 5 minutes away from the service's";
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const difference = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${difference} ${aheadMs > 0 ? "ahead of" : "behind"} the service's`;
}
