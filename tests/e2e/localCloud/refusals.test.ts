import type { ChildProcess } from "node:child_process";

import { type FirstLine, start, stop } from "../support/localCommand";
import { documentedRequest, send } from "../support/localRequests";

describe("tencent-redis-local refuses as the service does", () => {
  let running: { process: ChildProcess; first: FirstLine };
  beforeAll(async () => {
    running = await start(["--requests-per-second", "1000"]);
  });
  afterAll(() => stop(running.process, "SIGINT"));

  it.each<[string, Partial<typeof documentedRequest>, string]>([
    ["an unknown key", { secretId: "AKIDother" }, "AuthFailure.SecretIdNotFound"],
    ["a wrong key", { secretKey: "other" }, "AuthFailure.SignatureFailure"],
    ["a changed body", { afterSigning: (body) => body.replace("zy", "yz") }, "AuthFailure.SignatureFailure"],
    ["a clock that is late", { clockSeconds: -301 }, "AuthFailure.SignatureExpire"],
    ["a clock that is early", { clockSeconds: 303 }, "AuthFailure.SignatureExpire"],
    ["an unknown action", { action: "ResetPasswords" }, "InvalidAction"],
    ["an unknown version", { version: "2017-03-12" }, "NoSuchVersion"],
    ["another region", { region: "ap-shanghai" }, "UnsupportedRegion"],
    ["no JSON", { body: "{" }, "InvalidRequest"],
    ["an unknown parameter", { body: { InstanceId: "crs-5a4py64p", Pasword: "zy456987" } }, "UnknownParameter"],
    ["a parameter of another type", { body: { InstanceId: 1, Password: "zy456987" } }, "InvalidParameter"],
    ["a missing instance", { body: { Password: "zy456987" } }, "MissingParameter"],
    ["a missing password", { body: { InstanceId: "crs-5a4py64p" } }, "InvalidParameterValue.PasswordEmpty"],
    [
      "an unknown instance",
      { body: { InstanceId: "crs-1", Password: "zy456987" } },
      "ResourceNotFound.InstanceNotExists",
    ],
    [
      "a short password",
      { body: { InstanceId: "crs-5a4py64p", Password: "zy45698" } },
      "InvalidParameterValue.PasswordRuleError",
    ],
    [
      "a password of one kind",
      { body: { InstanceId: "crs-5a4py64p", Password: "zyzyzyzyzy" } },
      "InvalidParameterValue.PasswordRuleError",
    ],
    [
      "a leading slash",
      { body: { InstanceId: "crs-5a4py64p", Password: "/zy456987" } },
      "InvalidParameterValue.PasswordRuleError",
    ],
  ])("the local cloud refuses %s", async (_, changes, code) => {
    expect((await send(running.first, changes)).Error?.Code).toBe(code);
  });

  it("a clock within 5 minutes is accepted", async () => {
    expect((await send(running.first, { clockSeconds: -290 })).Error).toBeUndefined();
  });

  it("DescribeInstances leaves out an instance that does not exist", async () => {
    const describing = (InstanceId: string) =>
      send(running.first, { action: "DescribeInstances", body: { InstanceId } });
    expect((await describing("crs-1")).InstanceSet).toEqual([]);
    expect((await describing("crs-5a4py64p")).InstanceSet).toMatchObject([{ InstanceId: "crs-5a4py64p", Status: 2 }]);
  });
});
