import { acceptedTask } from "../support/acceptedTask";
/**
 * What this package assumes about the service. `npm run test:live` checks the real one, on an instance that its user
 * names; otherwise these tests check the local cloud, so that both have to meet the same assumptions.
 */
import { randomBytes } from "node:crypto";
import { homedir } from "node:os";

import { type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { endpointSettings, processEnvironment, settingPlaces } from "../../provider/resource/settings/settings";
import { systemClock } from "../../provider/tencentcloud/retry/clock";
import { TaskReader } from "../../provider/tencentcloud/redis/taskReader";
import { createHttpTransport } from "../../provider/tencentcloud/transport/http";
import { endpointFor } from "../../provider/tencentcloud/transport/endpoint";
import type { Client } from "../../provider/tencentcloud/client/client";
import type { Credentials } from "../../provider/tencentcloud/transport/signature";
import { resolveCredentials } from "../../provider/tencentcloud/credentials";
import { deadlineIn } from "../../provider/tencentcloud/retry/deadline";
import { describeInstance } from "../../provider/tencentcloud/redis/describeInstance";
import { describeAccounts } from "../../provider/tencentcloud/redis/describeInstanceAccount";
import { listInstanceTasks } from "../../provider/tencentcloud/redis/describeTaskList";
import { resetPassword } from "../../provider/tencentcloud/redis/resetPassword";
import { parseServiceTime } from "../../provider/tencentcloud/redis/serviceTime";
import { taskTypes } from "../../provider/tencentcloud/redis/taskList";
import { waitForTask } from "../../provider/tencentcloud/redis/waitForTask";
import { Secret } from "../../provider/tencentcloud/secrets/secret";
import { credentialsWith } from "../support/credentials";
import type { RequestParameters } from "../../provider/tencentcloud/transport/request";
import { standaloneClient } from "../support/standaloneClient";
import { Redactor } from "../../provider/tencentcloud/secrets/redactor";

const { LIVE_INSTANCE_ID, LIVE_REGION = "ap-guangzhou", LIVE_RESET_PASSWORD } = process.env;
const isLive = process.env.LIVE === "1";
if (isLive && !LIVE_INSTANCE_ID) throw new Error("LIVE_INSTANCE_ID must name an instance to ask about");
if (isLive) jest.setTimeout(15 * 60_000);

/** A service, the instance to read, and the password for trying a reset. */
interface Service {
  readonly instanceId: string;
  readonly region: string;
  readonly endpoint: URL;
  readonly credentials: Credentials;
}

let cloud: LocalCloud | undefined;
let service: Service;

beforeAll(async () => {
  service = isLive ? await realService(LIVE_INSTANCE_ID ?? "") : await localService();
});
afterAll(() => cloud?.stop());

async function realService(instanceId: string): Promise<Service> {
  const region = LIVE_REGION;
  const credentials = await resolveCredentials({
    places: settingPlaces({ config: () => undefined, environment: processEnvironment }),
    environment: processEnvironment,
    homeDirectory: homedir(),
    region,
    stsEndpoint: (stsRegion) => endpointFor("sts", stsRegion),
    transport: createHttpTransport(processEnvironment),
    clock: systemClock,
    metadataHosts: new Set(),
    redactor: new Redactor(),
  });
  const settings = endpointSettings("redis", { config: () => undefined, environment: processEnvironment });
  return { instanceId, region, endpoint: endpointFor("redis", region, settings), credentials };
}

async function localService(): Promise<Service> {
  cloud = await startLocalCloud({ taskSeconds: 0.2 });
  const { endpoint, region } = cloud;
  return { instanceId: "crs-5a4py64p", region, endpoint: new URL(endpoint), credentials: credentialsWith(cloud) };
}

const clientWith = (changes: Partial<Credentials> = {}): Client =>
  standaloneClient({ ...service, credentials: () => Promise.resolve({ ...service.credentials, ...changes }) });

const call = (action: string, parameters: RequestParameters, client = clientWith()) =>
  client({ action, parameters, deadline: deadlineIn(30, systemClock) });

describe("reading", () => {
  it("an existing instance is described, with the fields that a refresh reads", async () => {
    const { InstanceSet } = await call("DescribeInstances", { InstanceId: service.instanceId });
    expect(InstanceSet).toMatchObject([
      {
        InstanceId: service.instanceId,
        Status: expect.any(Number) as number,
        NoAuth: expect.any(Boolean) as boolean,
        Port: expect.any(Number) as number,
      },
    ]);
  });

  it("a missing instance is recognized", async () => {
    expect(await describeInstance(clientWith(), service.instanceId, deadlineIn(30, systemClock))).toBeDefined();
    expect(await describeInstance(clientWith(), "crs-00000000", deadlineIn(30, systemClock))).toBeUndefined();
  });

  it("the tasks of an instance are listed", async () => {
    const parameters = { InstanceId: service.instanceId, TaskTypes: ["007"], Result: [0, 1], Limit: 1 };
    expect(await call("DescribeTaskList", parameters)).toMatchObject({ TotalCount: expect.any(Number) as number });
  });

  it("the root account is listed, and the time of its password is comparable", async () => {
    const { Accounts } = await call("DescribeInstanceAccount", {
      InstanceId: service.instanceId,
      Limit: 100,
      Offset: 0,
    });
    expect((Accounts as { AccountName: string }[]).map(({ AccountName }) => AccountName)).toContain("root");
    const accounts = await describeAccounts(clientWith(), service.instanceId, deadlineIn(30, systemClock));
    const time = accounts.find(({ name }) => name === "root")?.passwordTime;
    // Accounts from before 2026-01 have none.
    expect(time === undefined || parseServiceTime(time) !== undefined).toBe(true);
  });
});

it.each<[string, string, RequestParameters, Partial<Credentials>, RegExp]>([
  ["an unknown key", "DescribeInstances", {}, { secretId: `AKID${"x".repeat(32)}` }, /^AuthFailure\.SecretIdNotFound$/],
  [
    "a wrong key",
    "DescribeInstances",
    {},
    { secretKey: new Secret("x".repeat(32)) },
    /^AuthFailure\.SignatureFailure$/,
  ],
  ["an unknown action", "ResetPasswords", {}, {}, /^InvalidAction$/],
  ["an unknown parameter", "DescribeTaskInfo", { TaskId: 1, Colour: "red" }, {}, /^UnknownParameter$/],
  ["a missing parameter", "DescribeTaskInfo", {}, {}, /^MissingParameter$/],
])("%s is refused with the documented code", async (_, action, parameters, credentials, code) => {
  await expect(call(action, parameters, clientWith(credentials))).rejects.toMatchObject({
    name: "ApiError",
    code: expect.stringMatching(code) as string,
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  });
});

// Needs a second variable: these tests change the password of the named instance.
const resets = isLive && !LIVE_RESET_PASSWORD ? describe.skip : describe;

resets("resetting", () => {
  it("a password that breaks the rule is refused", async () => {
    const parameters = { InstanceId: service.instanceId, Password: "short" };
    await expect(call("ResetPassword", parameters)).rejects.toMatchObject({
      code: "InvalidParameterValue.PasswordRuleError",
    });
  });

  it("is carried out by a task that succeeds and is then listed as done", async () => {
    const password = new Secret(LIVE_RESET_PASSWORD ?? `aB3-${randomBytes(12).toString("base64url")}`);
    const { instanceId } = service;
    const { taskId = NaN, ...accepted } = await resetPassword(
      clientWith(),
      { instanceId, password },
      deadlineIn(60, systemClock),
    );
    const { startTime } = await waitForTask(
      clientWith(),
      acceptedTask({ ...accepted, taskId, instanceId }),
      deadlineIn(600, systemClock),
      new TaskReader(systemClock),
      new Redactor(),
    );
    expect(parseServiceTime(startTime)).toBeDefined();
    const { tasks } = await listInstanceTasks(clientWith(), instanceId, deadlineIn(30, systemClock));
    expect(tasks).toContainEqual({
      taskId,
      instanceId,
      type: taskTypes.passwordReset,
      status: "succeed",
      startTime,
      endTime: expect.any(String) as string,
    });
  });
});
