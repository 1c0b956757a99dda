import { acceptedTask } from "../../../support/acceptedTask";
import {
  ApiError,
  CredentialsError,
  SettingsError,
  TaskError,
  TransportError,
} from "../../../../provider/tencentcloud/errors/errors";
import type { RefusalKind, Verdict } from "../../../../provider/tencentcloud/errors/apiErrors";
import { classify, refusalKind } from "../../../../provider/tencentcloud/errors/classify";

/** Every code that the service documents for a reset, for Redis and for all APIs, and some that only resemble them. */
const codes: Readonly<Record<Verdict, readonly string[]>> = {
  throttled: [
    "RequestLimitExceeded",
    "RequestLimitExceeded.IPLimitExceeded",
    "RequestLimitExceeded.UinLimitExceeded",
    "RequestLimitExceeded.GlobalRegionUinLimitExceeded",
    // The code of STS.
    "InvalidParameter.OverLimit",
  ],
  // Only the status of an isolated or deleted instance shows whether it can be restored.
  transient: [
    "ResourceInUse",
    "ResourceInUse.InstanceBeenLocked",
    "ResourceInUse.AnotherOne",
    "ResourceUnavailable",
    "ResourceUnavailable.GetSecurityError",
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
    // A quota of resources, not of requests.
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
    // Errors about the requested role.
    "InternalError.GetRoleError",
    "InternalError.IllegalRole",
    // Codes that only resemble others.
    "ResourceInUseOfAnotherKind",
    "InternalErrorOfAnotherKind",
    "RequestLimitExceededForGood",
    "no code",
    "",
  ],
};

const table = Object.entries(codes).flatMap(([verdict, names]) =>
  names.map((code): [string, string] => [code, verdict]),
);

it.each(table)("the code %s is %s", (code, verdict) => {
  const error = new ApiError("ResetPassword", code, "r1", "No.");
  // A refusal means that nothing was done, unless the service itself does not know.
  expect(classify(error)).toEqual({ verdict, mayBeDone: verdict === "ambiguous" });
});

it.each([
  ["unreachable", "transient", false],
  ["refused", "final", false],
  ["lost", "ambiguous", true],
  ["unusable", "final", true],
] as const)("a call whose outcome is %s is %s", (outcome, verdict, mayBeDone) => {
  const error = new TransportError("ResetPassword", outcome, "reset");
  expect(classify(error)).toEqual({ verdict, mayBeDone });
});

it.each([
  new CredentialsError("None."),
  new SettingsError("Wrong."),
  new TaskError(acceptedTask({ taskId: 7 }), "failed", "No."),
  new TypeError("A mistake of ours."),
  "a string",
  undefined,
])("any other error is final: %s", (error) => {
  expect(classify(error)).toEqual({ verdict: "final", mayBeDone: false });
});

it("errors are recognized by name, since there may be two copies of this package", () => {
  const foreign = Object.assign(new Error("from another copy"), { name: "ApiError", code: "RequestLimitExceeded" });
  expect(classify(foreign).verdict).toBe("throttled");
});

it.each<[string, RefusalKind | undefined]>([
  ["AuthFailure.SignatureExpire", "unauthenticated"],
  ["AuthFailure.TokenFailure", "unauthenticated"],
  ["AuthFailure.SecretIdNotFound", "unauthenticated"],
  ["AuthFailure.UnauthorizedOperation", "denied"],
  ["InvalidParameter.PermissionDenied", "denied"],
  ["UnauthorizedOperation.UserNotInWhiteList", "denied"],
  ["UnauthorizedOperation", "denied"],
  ["ResourceNotFound", "notFound"],
  ["ResourceNotFound.InstanceNotExists", "notFound"],
  ["FailedOperation.SystemError", "perhapsNotFound"],
  ["InvalidParameter.InvalidParameter", "perhapsNotFound"],
  ["ResourceUnavailable.InstanceDeleted", undefined],
  ["InternalError", undefined],
])("a refusal with the code %s is of the kind %s", (code, kind) => {
  expect(refusalKind(new ApiError("ResetPassword", code, "r1", "No."))).toBe(kind);
});

it.each([Object.assign(new Error("a file"), { code: "ResourceNotFound" }), undefined])(
  "only a refusal of the service has a kind, not %s",
  (error) => {
    expect(refusalKind(error)).toBeUndefined();
  },
);
