import {
  ApiError,
  CredentialsError,
  SettingsError,
  TaskError,
  TransportError,
} from "../../../../provider/tencentcloud/errors/errors";
import { type Failure, failureOf, mayHaveBeenDone, retryDelayMs } from "../../../../provider/tencentcloud/retry/retry";

/** Every code that the service documents for a reset, for Redis, and for all of its APIs. */
const codes: Readonly<Record<Failure, readonly string[]>> = {
  throttled: [
    "RequestLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
    // As STS says it.
    "InvalidParameter.OverLimit",
  ],
  // Whether an isolated or deleted instance comes back, only its status tells.
  passing: [
    "ResourceInUse",
    "ResourceInUse.InstanceBeenLocked",
    "ResourceInUse.AnotherOne",
    "ResourceUnavailable",
    "ResourceUnavailable.InstanceDeleted",
    "ResourceUnavailable.InstanceIsolated",
    "ResourceUnavailable.InstanceLockedError",
    "ResourceUnavailable.InstanceUnLockedError",
    "ResourceUnavailable.InstanceStatusAbnormal",
    "ResourceUnavailable.InstanceStatusError",
    "ResourceUnavailable.InstanceStateError",
  ],
  ambiguous: [
    "FailedOperation.SystemError",
    "FailedOperation.Unknown",
    "InternalError",
    "InternalError.DbOperationFailed",
    "ServiceUnavailable",
  ],
  final: [
    "ActionOffline",
    "AuthFailure",
    "AuthFailure.InvalidAuthorization",
    "AuthFailure.InvalidSecretId",
    "AuthFailure.MFAFailure",
    "AuthFailure.SecretIdNotFound",
    "AuthFailure.SignatureExpire",
    "AuthFailure.SignatureFailure",
    "AuthFailure.TokenFailure",
    "AuthFailure.UnauthorizedOperation",
    "DryRunOperation",
    "FailedOperation",
    "FailedOperation.UnSupportError",
    "InvalidAction",
    "InvalidParameter",
    "InvalidParameter.PermissionDenied",
    "InvalidParameterValue",
    "InvalidParameterValue.PasswordEmpty",
    "InvalidParameterValue.PasswordError",
    "InvalidParameterValue.PasswordFreeDenied",
    "InvalidParameterValue.PasswordRuleError",
    "InvalidRequest",
    "IpInBlacklist",
    "IpNotInWhitelist",
    // A quota of what one may own, not of requests.
    "LimitExceeded",
    "MissingParameter",
    "NoSuchProduct",
    "NoSuchVersion",
    "RequestSizeLimitExceeded",
    "ResourceInsufficient",
    "ResourceNotFound",
    "ResourceNotFound.InstanceNotExists",
    "ResourceNotFound.InstanceNotFound",
    "ResponseSizeLimitExceeded",
    "UnauthorizedOperation",
    "UnauthorizedOperation.NoCAMAuthed",
    "UnauthorizedOperation.UserNotInWhiteList",
    "UnknownParameter",
    "UnsupportedOperation",
    "UnsupportedProtocol",
    "UnsupportedRegion",
    // About the role that was named.
    "InternalError.GetRoleError",
    "InternalError.IllegalRole",
    // Codes that only look like others.
    "ResourceInUseOfAnotherKind",
    "InternalErrorOfAnotherKind",
    "RequestLimitExceededForGood",
    "no code",
    "",
  ],
};

const table = Object.entries(codes).flatMap(([failure, names]) =>
  names.map((code): [string, string] => [code, failure]),
);

it.each(table)("the code %s is %s", (code, failure) => {
  const error = new ApiError("ResetPassword", code, "r1", "No.");
  expect(failureOf(error)).toBe(failure);
  // A refusal says that nothing was done, unless the service does not know itself.
  expect(mayHaveBeenDone(error)).toBe(failure === "ambiguous");
});

it.each([
  ["unreachable", "passing", false],
  ["refused", "final", false],
  ["lost", "ambiguous", true],
  ["unusable", "final", true],
] as const)("a call whose outcome is %s is %s", (outcome, failure, mayBeDone) => {
  const error = new TransportError("ResetPassword", outcome, "reset");
  expect(failureOf(error)).toBe(failure);
  expect(mayHaveBeenDone(error)).toBe(mayBeDone);
});

it.each([
  new CredentialsError("None."),
  new SettingsError("Wrong."),
  new TaskError({ taskId: 7 }, "failed", "No."),
  new TypeError("A mistake of ours."),
  "a string",
  undefined,
])("any other error is final: %s", (error) => {
  expect(failureOf(error)).toBe("final");
  expect(mayHaveBeenDone(error)).toBe(false);
});

it("errors are told apart by name, since there may be two copies of this package", () => {
  const foreign = Object.assign(new Error("from another copy"), { name: "ApiError", code: "RequestLimitExceeded" });
  expect(failureOf(foreign)).toBe("throttled");
});

describe("the wait before another attempt", () => {
  it.each([
    [0, 500],
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [4, 8000],
    [5, 15_000],
    [6, 15_000],
    [1000, 15_000],
    [1_000_000, 15_000],
  ])("after failure %d is anything from 0 to %d ms", (attempt, longestMs) => {
    expect(retryDelayMs(attempt, 0)).toBe(0);
    expect(retryDelayMs(attempt, 0.5)).toBe(longestMs / 2);
    expect(retryDelayMs(attempt, 1 - 2 ** -53)).toBeCloseTo(longestMs, 3);
    expect(retryDelayMs(attempt, 1 - 2 ** -53)).toBeLessThanOrEqual(longestMs);
  });
});
