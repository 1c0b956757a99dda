import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { ResetCommand } from "../../../../local-cloud/cli/commandLine";
import { sendReset } from "../../../../local-cloud/cli/sendReset";
import type { Clock } from "../../../../local-cloud/system/clock";
import { type StartOptions, logins, passwords, records, start, stopAll } from "../support/cloud";
import { permanent } from "../support/keys";
import { documented } from "../support/requests";

afterEach(stopAll);

const command = {
  instanceId: documented.InstanceId,
  region: undefined,
  account: undefined,
  password: documented.Password,
};

const environment = (port: number) => ({
  TENCENTCLOUD_REDIS_ENDPOINT: `http://127.0.0.1:${port}`,
  TENCENTCLOUD_SECRET_ID: permanent.secretId,
  TENCENTCLOUD_SECRET_KEY: permanent.secretKey,
});

/** Returns a clock on which sleeping takes no real time. */
function impatientClock(): Clock {
  let elapsedMs = 0;
  return {
    now: () => new Date(),
    elapsedMs: () => elapsedMs,
    sleep(delayMs) {
      elapsedMs += delayMs;
      return Promise.resolve();
    },
  };
}

async function resetOn(options: StartOptions, changes: Partial<ResetCommand> = {}): Promise<string> {
  const port = await start(options);
  return sendReset({ ...command, ...changes }, environment(port), impatientClock());
}

it("reset changes the password and waits for the task", async () => {
  expect(await resetOn({})).toBe("crs-5a4py64p: the password was reset (task 16657)");
  expect(passwords).toEqual(new Map([["crs-5a4py64p", documented.Password]]));
});

it("reset changes the password of a custom account and waits for the task", async () => {
  const said = await resetOn({ accounts: ["reader"] }, { account: "reader" });
  expect(said).toBe("crs-5a4py64p/reader: the password was reset (task 16657)");
  expect(records.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["ModifyInstanceAccount", "DescribeTaskInfo"]),
  );
  expect(logins.get("crs-5a4py64p")?.passwords).toEqual(["before-1t", `reader@${documented.Password}`]);
});

it.each([
  ["error:InternalError", "ModifyInstanceAccount failed: Injected by a fault. (InternalError)"],
  ["task-fail:Busy.", "resetting crs-5a4py64p/reader failed: task 16657 ended as failed: Busy."],
])("reset of a custom account reports %s", async (kind, reason) => {
  const faults = [`ModifyInstanceAccount=${kind}`];
  await expect(resetOn({ accounts: ["reader"], faults }, { account: "reader" })).rejects.toThrow(new Error(reason));
});

it("reset sets a random password that follows the rules if none is given", async () => {
  await resetOn({}, { password: undefined });
  expect(passwords.get("crs-5a4py64p")).toMatch(/^aA1-[\w-]{24}$/);
});

const mayBeDone = "The request may have been carried out.";

it.each([
  ["a failed task", "ResetPassword=task-fail:out of memory", "task 16657 ended as failed: out of memory"],
  ["a task that ends as error", "ResetPassword=task-error", "task 16657 ended as error: "],
  [
    "a stuck task, after 10 minutes",
    "ResetPassword=task-stuck",
    "task 16657 is still running after 600 s. Check --fault and --task-seconds of the local cloud.",
  ],
])("reset fails for %s", async (_, fault, reason) => {
  await expect(resetOn({ faults: [fault] })).rejects.toThrow(new Error(`resetting crs-5a4py64p failed: ${reason}`));
});

it("reset polls once per second while the task runs", async () => {
  await expect(resetOn({ faults: ["ResetPassword=task-stuck"] })).rejects.toThrow();
  expect(records.filter(({ action }) => action === "DescribeTaskInfo")).toHaveLength(601);
});

it.each([
  ["a refusal", "error:InternalError", "Injected by a fault. (InternalError)"],
  ["a lost response", "drop-response", `HOST closed the connection without a response. ${mayBeDone}`],
  [
    "the response of a gateway",
    "http:502",
    `the response from HOST (HTTP 502) is not from the Redis API. ${mayBeDone}`,
  ],
  ["a truncated response", "garbage", `the response from HOST (HTTP 200) is not from the Redis API. ${mayBeDone}`],
])("reset reports %s", async (_, kind, reason) => {
  const port = await start({ faults: [`ResetPassword=${kind}`] });
  const expected = `ResetPassword failed: ${reason.replace("HOST", `127.0.0.1:${port}`)}`;
  await expect(sendReset(command, environment(port))).rejects.toThrow(new Error(expected));
});

it("reset suggests starting the local cloud if no server listens at its address", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const expected = `ResetPassword failed: 127.0.0.1:${port} refused the connection. Is the local cloud running?`;
  await expect(sendReset(command, environment(port))).rejects.toThrow(new Error(expected));
});
