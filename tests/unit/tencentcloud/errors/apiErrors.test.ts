import { ApiError } from "../../../../provider/tencentcloud/errors/errors";

const refused = (code: string, action = "ResetPassword") => new ApiError(action, code, "r1", "No.");

// The advice for each code is not tested: docs/errors.md is generated from it, so its diff shows every change.

it.each([
  [301_000, "5 min ahead of"],
  [-301_000, "5 min behind"],
  [7_200_000, "120 min ahead of"],
  [-119_400, "119 s behind"],
  [119_500, "2 min ahead of"],
])("the message shows how far the clock is off: %d ms", (clockAheadMs, difference) => {
  const { message } = new ApiError("ResetPassword", "AuthFailure.SignatureExpire", "r1", "No.", clockAheadMs);
  expect(message).toBe(
    "ResetPassword failed: No. (AuthFailure.SignatureExpire, request r1). " +
      `Set this machine's clock: it is ${difference} the service's.`,
  );
});

it.each<[string, string | undefined, string]>([
  [
    "AuthFailure.SecretIdNotFound",
    "the environment (TENCENTCLOUD_SECRET_ID)",
    "; the key is from the environment (TENCENTCLOUD_SECRET_ID). Check the secret id",
  ],
  [
    "AuthFailure.TokenFailure",
    'profile "a" (/a)',
    '; the key is from profile "a" (/a). Renew the temporary credentials',
  ],
  ["AuthFailure.UnauthorizedOperation", "x", "; the key is from x. Grant the CAM action"],
  ["AuthFailure.SecretIdNotFound", undefined, ". Check the secret id"],
  ["AuthFailure.SignatureExpire", "x", ". Set this machine's clock"],
  ["UnauthorizedOperation", "x", ". Grant the CAM action"],
  ["InternalError", "x", ". Wait for the service to recover"],
])("only a refused key is reported with its source: %s, %s", (code, keySource, words) => {
  const { message } = new ApiError("ResetPassword", code, "r1", "No.", undefined, { keySource });
  expect(message.startsWith(`ResetPassword failed: No. (${code}, request r1)${words}`)).toBe(true);
});

it.each([
  ["the config (tencentcloud:secretId)", true],
  ["the role r, assumed with the key from the config (tencentcloud:secretId)", true],
  [undefined, true],
  ["the environment (TENCENTCLOUD_SECRET_ID)", false],
  ["the CVM role r", false],
])("the error about a key from %s says that a refresh may use the keys of the last up: %s", (keySource, isSaid) => {
  const { message } = new ApiError("ResetPassword", "AuthFailure", "r1", "No.", undefined, { keySource });
  expect(message.includes("uses those of the last up")).toBe(isSaid);
});

it.each(["InternalErrors", "InvalidParameter", "InvalidParameterValue.PasswordEmpty", "AuthFailureOfAnotherKind"])(
  "the code %s has no advice",
  (code) => {
    expect(refused(code).message).toBe(`ResetPassword failed: No. (${code}, request r1)`);
  },
);

it.each([
  ["AssumeRole", "UnauthorizedOperation", "Grant the CAM action sts:AssumeRole on the role."],
  ["AssumeRoleWithWebIdentity", "ResourceNotFound.RoleNotFound", "Check the role's ARN."],
  ["AssumeRole", "InternalError.IllegalRole", "Check the role's ARN."],
  ["AssumeRole", "InternalError.GetRoleError", "Check the role's ARN."],
])("the advice for %s is about a role, not an instance", (action, code, advice) => {
  expect(refused(code, action).message).toBe(`${action} failed: No. (${code}, request r1). ${advice}`);
});

it.each([
  ["ResetPassword", "redis:ResetPassword on this instance"],
  ["ModifyInstanceAccount", "redis:ModifyInstanceAccount on this instance"],
  // CAM cannot restrict reads to one instance.
  ["DescribeTaskInfo", "redis:DescribeTaskInfo"],
  ["DescribeInstances", "redis:DescribeInstances"],
])("the permission in the advice is that of the call: %s", (action, permission) => {
  for (const code of [
    "UnauthorizedOperation",
    "InvalidParameter.PermissionDenied",
    "AuthFailure.UnauthorizedOperation",
  ]) {
    expect(refused(code, action).message).toBe(
      `${action} failed: No. (${code}, request r1). Grant the CAM action ${permission}.`,
    );
  }
});

it("a product's allowlist of Tencent Cloud accounts is not a permission", () => {
  const { message } = refused("UnauthorizedOperation.UserNotInWhiteList", "DescribeInstanceAccount");
  expect(message).toMatch(/\. Ask the vendor to enable this feature for the Tencent Cloud account\.$/);
});

it.each([
  ["ResetPassword", "Remove the resource from the program: this kind of instance cannot have its password reset"],
  [
    "DescribeInstanceAccount",
    "Remove the resources with the input account: this kind of instance, such as Redis 2.8, has no other accounts",
  ],
  ["DescribeTaskList", "Ask the vendor's support about DescribeTaskList: this kind of instance does not have it"],
])("the advice about an unsupported action depends on the action: %s", (action, advice) => {
  expect(refused("FailedOperation.UnSupportError", action).message).toMatch(new RegExp(`\\. ${advice}\\.$`));
});
