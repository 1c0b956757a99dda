/**
 * Compares the vendor's own definitions of its APIs, from its command line tool, with the local cloud and with the
 * fields that our client reads.
 */
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { redisActions, stsActions } from "../../local-cloud/actions";
import type { Action } from "../../local-cloud/actions/action";
import type { LocalCloud } from "../../local-cloud/setup/localCloud";
import { startLocalCloud } from "../../local-cloud/setup/startLocalCloud";
import type { Client } from "../../provider/tencentcloud/client/client";
import { systemClock } from "../../provider/tencentcloud/retry/clock";
import { deadlineIn } from "../../provider/tencentcloud/retry/deadline";
import { describeInstance } from "../../provider/tencentcloud/redis/describeInstance";
import { describeAccounts } from "../../provider/tencentcloud/redis/describeInstanceAccount";
import { describeTaskInfo } from "../../provider/tencentcloud/redis/describeTaskInfo";
import { listInstanceTasks } from "../../provider/tencentcloud/redis/describeTaskList";
import { resetPassword } from "../../provider/tencentcloud/redis/resetPassword";
import { Secret } from "../../provider/tencentcloud/secrets/secret";
import { patienceMs } from "../protocol/support/patience";
import { send } from "../unit/local-cloud/support/exchange";
import { permanent } from "../unit/local-cloud/support/keys";
import { json, older } from "../unit/local-cloud/support/requests";
import { type Definitions, faultsInObject, parseExample, readDefinitions } from "./support/definitions";
import { definedRules, rulesIn } from "./support/parameterRules";
import { describeWithPython, installPython } from "./support/python";
import { installationMs, newFolder, removeFolder } from "./support/temporaryFolder";
import { credentialsWith } from "../support/credentials";
import { standaloneClient } from "../support/standaloneClient";

const pinned = "tccli==3.1.189.1";

const services = [
  { name: "redis", version: "2018-04-12" },
  { name: "sts", version: "2018-08-13" },
] as const;

const actions = services.flatMap((service) => {
  const all: ReadonlyMap<string, Pick<Action<never>, "parameters">> = service.name === "redis"
    ? redisActions
    : stsActions;
  return [...all].map(([name, action]) => ({ name, service, action }));
});

describeWithPython(`the definitions of ${pinned}`, () => {
  let folder: string;
  let definitions: Readonly<Record<"redis" | "sts", Definitions>>;

  beforeAll(async () => {
    folder = newFolder();
    // Only its definitions are needed: none of its code runs.
    await installPython(folder, "--no-deps", "--no-compile", pinned);
    const [redis, sts] = services.map(({ name, version }) => readDefinitions(folder, name, version));
    definitions = { redis: redis as Definitions, sts: sts as Definitions };
  }, installationMs);
  afterAll(() => removeFolder(folder));

  describe("the local cloud", () => {
    let cloud: LocalCloud;
    let port: number;
    /** Replaces values that only exist in the vendor's cloud. */
    let existing: Readonly<Record<string, unknown>>;

    beforeAll(async () => {
      const instances = { "crs-5a4py64p": { accounts: { reader: undefined } } };
      cloud = await startLocalCloud({ ...permanent, taskSeconds: 0, requestsPerSecond: 1000, instances });
      port = Number(new URL(cloud.endpoint).port);
      const InstanceId = cloud.instances[0]?.instanceId ?? "";
      const { TaskId } = await send(
        port,
        json(port, { action: "ResetPassword", parameters: { InstanceId, NoAuth: true } }),
      );
      existing = { InstanceId, TaskId, AccountName: "reader", RoleArn: "qcs::cam::uin/100000000001:roleName/tester" };
    }, patienceMs);
    afterAll(() => cloud.stop());

    it.each(actions)(
      "accepts the parameters of $name, with their types, and no others",
      ({ name, service, action }) => {
        const { input } = definitions[service.name].actions[name] ?? { input: "" };
        expect(rulesIn(action.parameters)).toEqual(definedRules(definitions[service.name], input));
      },
    );

    it.each(actions)("responds to the examples of $name with all fields, of their types", async ({ name, service }) => {
      const { name: serviceName, version } = service;
      const { [serviceName]: own } = definitions;
      const examples = own.examples[name] ?? [];
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        const { method, parameters } = parseExample(example);
        const here = Object.fromEntries(
          Object.entries(parameters).map(([key, value]) => [key, Object.hasOwn(existing, key) ? existing[key] : value]),
        );
        const answer = await send(
          port,
          method === "GET"
            ? older(port, "GET", { Action: name, Version: version, ...here })
            : json(port, { action: name, parameters: here }),
        );
        expect(answer.Error).toBeUndefined();
        expect(faultsInObject(answer, own.actions[name]?.output ?? "", own, name)).toEqual([]);
      }
    });
  });

  describe("our client", () => {
    let server: Server;
    let client: Client;

    beforeAll(async () => {
      server = createServer((request, response) => {
        const action = String(request.headers["x-tc-action"]);
        response.setHeader("Content-Type", "application/json");
        response.end(definitions.redis.examples[action]?.[0]?.output);
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
      const endpoint = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      client = standaloneClient({
        endpoint,
        region: "ap-guangzhou",
        credentials: () => Promise.resolve(credentialsWith(permanent)),
      });
    });
    afterAll(() => {
      server.close();
      server.closeAllConnections();
    });

    it.each<[string, () => Promise<unknown>, unknown]>([
      [
        "ResetPassword",
        () =>
          resetPassword(
            client,
            { instanceId: "crs-5a4py64p", password: new Secret("zy456987") },
            deadlineIn(60, systemClock),
          ),
        expect.objectContaining({ taskId: 16657, requestId: "137c2607-07d1-4df0-9978-4b57a7ca3465" }),
      ],
      [
        "DescribeTaskInfo",
        () => describeTaskInfo(client, 18215, deadlineIn(60, systemClock)),
        expect.objectContaining({ status: "succeed", message: "", startTime: "2018-11-01 17:25:14" }),
      ],
      [
        "DescribeTaskList",
        async () => (await listInstanceTasks(client, "crs-opcazbrb", deadlineIn(60, systemClock))).tasks,
        [
          expect.objectContaining({ taskId: 42372, startTime: "2019-11-15 14:25:37", endTime: "2019-11-15 14:25:46" }),
          expect.objectContaining({ taskId: 42371, startTime: "2019-11-15 14:25:16", endTime: "2019-11-15 14:25:25" }),
        ],
      ],
      [
        "DescribeInstances",
        () => describeInstance(client, "crs-4nmzc0ul", deadlineIn(60, systemClock)),
        expect.objectContaining({ isPasswordFree: false }),
      ],
      // The example is older than the time.
      [
        "DescribeInstanceAccount",
        () => describeAccounts(client, "crs-fswdmXXX", deadlineIn(60, systemClock)),
        [{ name: "root", privilege: "rw", readonlyPolicy: ["master"] }],
      ],
    ])("reads the documented response of %s", async (_, read, expected) => {
      expect(await read()).toEqual(expected);
    });
  });
});
