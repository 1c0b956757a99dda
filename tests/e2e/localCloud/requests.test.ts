import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { authAccepted } from "../../../tools/redisAuth";
import { type FirstLine, start, stop } from "../support/localCommand";
import { send, untilDone, untilEnded } from "../support/localRequests";

describe("tencent-redis-local", () => {
  it("runs the documented example unchanged, and leaves nothing behind", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "local-cloud-"));
    const log = path.join(folder, "requests.log");
    const { process, first } = await start(["--log", log, "--task-seconds", "0.3"], {
      TENCENT_REDIS_LOCAL_PASSWORD: "before-1t",
    });
    expect(first).toMatchObject({
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      region: "ap-guangzhou",
      instances: [{ instanceId: "crs-5a4py64p", host: "127.0.0.1" }],
    });
    const port = first.instances[0]?.port ?? 0;

    const { TaskId } = await send(first);
    expect(TaskId).toBe(16657);
    // While the task is running, the old password is valid.
    expect(await authAccepted(port, "before-1t")).toBe(true);
    await untilDone(first, 16657);
    expect(await authAccepted(port, "before-1t")).toBe(false);
    expect(await authAccepted(port, "zy456987")).toBe(true);

    const lines = readFileSync(log, "utf8").trim().split("\n");
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      time: expect.any(String) as string,
      action: "ResetPassword",
      code: null,
      requestId: expect.any(String) as string,
      taskId: 16657,
      fault: null,
    });
    expect(lines.join()).not.toMatch(new RegExp(`zy456987|before-1t|${first.secretKey}`));

    expect(await stop(process)).toBe(0);
    const [error] = (await once(connect(port, "127.0.0.1"), "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNREFUSED");
    rmSync(folder, { recursive: true });
  });

  it("serves no more requests of an action per second than its option says", async () => {
    const { process, first } = await start(["--requests-per-second", "1", "--task-seconds", "0"]);
    const describe = { action: "DescribeInstances", body: {} };
    const answers = await Promise.all(Array.from({ length: 30 }, () => send(first, describe)));
    // The number of served requests depends on the speed of the machine.
    expect(new Set(answers.map(({ Error }) => Error?.Code))).toEqual(new Set([undefined, "RequestLimitExceeded"]));
    // Another action has another quota.
    expect((await send(first)).TaskId).toBe(16657);
    await stop(process);
  });

  it("serves several regions, and the metadata service of a virtual machine", async () => {
    const { process, first } = await start(
      [
        ...["--region", "ap-guangzhou", "--region", "ap-shanghai-fsi", "--task-seconds", "0"],
        ...["--instance", "crs-5a4py64p", "--instance", "crs-finance@ap-shanghai-fsi"],
        ...["--cvm-role", "builder", "--role", "qcs::cam::uin/1:roleName/ci", "--temporary-key-seconds", "60"],
      ],
      { TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN: "an.id.token" },
    );
    expect(first).toMatchObject({
      region: "ap-guangzhou",
      instances: [
        { instanceId: "crs-5a4py64p", region: "ap-guangzhou" },
        { instanceId: "crs-finance", region: "ap-shanghai-fsi" },
      ],
    });
    const finance = { region: "ap-shanghai-fsi", body: { InstanceId: "crs-finance", Password: "zy456987" } };
    expect(await send(first, finance)).toMatchObject({ TaskId: 16657 });
    await untilDone(first, 16657, finance.region);
    expect(await authAccepted(first.instances[1]?.port ?? 0, "zy456987")).toBe(true);

    const role = new URL("/latest/meta-data/cam/security-credentials/builder", first.endpoint);
    const { ExpiredTime } = (await (await fetch(role)).json()) as { ExpiredTime: number };
    expect(ExpiredTime - Date.now() / 1000).toBeLessThanOrEqual(60);

    const session = { RoleArn: "qcs::cam::uin/1:roleName/ci", RoleSessionName: "e2e", ProviderId: "OIDC" };
    const assume = (changes: object) =>
      send(first, {
        action: "AssumeRoleWithWebIdentity",
        version: "2018-08-13",
        body: { ...session, WebIdentityToken: "an.id.token", ...changes },
      });
    expect((await assume({})).Error).toBeUndefined();
    expect((await assume({ WebIdentityToken: "other" })).Error?.Code).toBe("InvalidParameter.WebIdentityTokenError");
    expect((await assume({ RoleArn: `${session.RoleArn}-2` })).Error?.Code).toBe("ResourceNotFound.RoleNotFound");
    await stop(process);
  });

  it("applies the faults of its options, and logs them", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "local-cloud-"));
    const log = path.join(folder, "requests.log");
    const { process, first } = await start([
      ...["--fault", "ResetPassword=drop-response*1", "--fault", "ResetPassword=task-fail:a * b = c: no*1"],
      ...["--fault", "DescribeInstances=delay:600", "--task-seconds", "0", "--log", log],
    ]);
    await expect(send(first)).rejects.toThrow("fetch failed");
    await untilDone(first, 16657);
    expect(await authAccepted(first.instances[0]?.port ?? 0, "zy456987")).toBe(true);

    const other = { body: { InstanceId: "crs-5a4py64p", Password: "other-456987" } };
    expect(await send(first, other)).toMatchObject({ TaskId: 16658 });
    const failed = await untilEnded(first, 16658);
    expect(failed).toMatchObject({ Status: "failed", TaskMessage: "a * b = c: no" });
    expect(await authAccepted(first.instances[0]?.port ?? 0, "zy456987")).toBe(true);

    // A delayed response does not delay the stop.
    const late = expect(send(first, { action: "DescribeInstances", body: {} })).rejects.toThrow("fetch failed");
    while (!readFileSync(log, "utf8").includes('"delay"')) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await stop(process)).toBe(0);
    await late;

    const faults = readFileSync(log, "utf8").match(/"action":"ResetPassword".*"fault":.*(?=})/g);
    expect(faults).toEqual([
      expect.stringMatching(/"code":null,.*"taskId":16657,"fault":"drop-response"/),
      expect.stringMatching(/"code":null,.*"taskId":16658,"fault":"task-fail"/),
    ]);
    rmSync(folder, { recursive: true });
  });

  it("adds and removes faults while it runs", async () => {
    const cloud = await startLocalCloud({ taskSeconds: 0, faults: ["ResetPassword=task-stuck"] });
    const first = cloud as unknown as FirstLine;
    expect(() => cloud.addFault("ResetPassword=stuck")).toThrow(/^a fault's KIND must be one of drop-response, /);
    cloud.addFault("DescribeInstances=isolated*1");
    expect(await send(first)).toMatchObject({ TaskId: 16657 });
    const describe = { action: "DescribeInstances", body: { InstanceId: "crs-5a4py64p" } };
    expect(await send(first, describe)).toMatchObject({ InstanceSet: [{ Status: -2 }] });
    const asking = { action: "DescribeTaskInfo", body: { TaskId: 16657 } };
    expect((await send(first, asking)).Status).not.toBe("succeed");
    cloud.clearFaults();
    await untilDone(first, 16657);
    expect(await authAccepted(cloud.instances[0]?.port ?? 0, "zy456987")).toBe(true);
    expect(await send(first, describe)).toMatchObject({ InstanceSet: [{ Status: 2 }] });
    await cloud.stop();
  });

  it("returns the times that its options set", async () => {
    const { process, first } = await start(["--time-zone", "-5", "--password-time", "empty"]);
    const accounts = { action: "DescribeInstanceAccount", body: { InstanceId: "crs-5a4py64p", Limit: 1, Offset: 0 } };
    expect(await send(first, accounts)).toMatchObject({ Accounts: [{ CreateTime: "", PasswordLastModifiedTime: "" }] });
    const { InstanceSet } = await send(first, { action: "DescribeInstances", body: { InstanceId: "crs-5a4py64p" } });
    const [{ Createtime }] = InstanceSet as [Record<string, string>];
    expect(Math.abs(Date.parse(`${Createtime ?? ""}-05:00`) - Date.now())).toBeLessThan(60_000);
    await stop(process);
  });
});
