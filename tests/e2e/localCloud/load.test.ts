import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";

import { type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { authorization } from "../../../provider/tencentcloud/transport/signature";
import { authAccepted } from "../../../tools/redisAuth";
import { credentialsWith } from "../../support/credentials";

// As many as arrive in ten seconds at 500 per second. Their duration is not asserted, since other work may slow the
// machine.
const resets = 5000;
const connections = 50;

const instanceIds = ["crs-first", "crs-second"];
const makePassword = (number: number): string => `password-${number}`;

it("handles thousands of concurrent resets without an error or a lost task", async () => {
  const instances = Object.fromEntries(instanceIds.map((id) => [id, "before-1t"]));
  const cloud = await startLocalCloud({ instances, taskSeconds: 0.1, requestsPerSecond: 1_000_000 });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  try {
    const send = (action: string, parameters: object) => call(cloud, agent, action, parameters);
    const taskIds = await concurrently(resets, async (number) => {
      const InstanceId = instanceIds[number % instanceIds.length];
      const answer = await send("ResetPassword", { InstanceId, Password: makePassword(number) });
      expect(answer.Error).toBeUndefined();
      return answer.TaskId as number;
    });
    expect([...taskIds].sort((a, b) => a - b)).toEqual(Array.from({ length: resets }, (_, index) => 16657 + index));

    const countRequests = async (...Result: number[]) => (await send("DescribeTaskList", { Result })).TotalCount;
    while (await countRequests(0, 1)) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await countRequests(2)).toBe(resets);
    expect(await countRequests(4)).toBe(0);
    // Each instance has the password of its last task.
    for (const [index, { port }] of cloud.instances.entries()) {
      const last = Math.max(...taskIds.filter((_, number) => number % instanceIds.length === index));
      expect(await authAccepted(port, makePassword(taskIds.indexOf(last)))).toBe(true);
    }
  } finally {
    agent.destroy();
    await cloud.stop();
  }
});

/** Returns the results of all jobs, of which a limited number runs at a time. */
async function concurrently<Result>(count: number, job: (number: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      const number = next++;
      results[number] = await job(number);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return results;
}

type Answer = Record<string, unknown> & { readonly Error?: object };

async function call(cloud: LocalCloud, agent: Agent, action: string, parameters: object): Promise<Answer> {
  const { host } = new URL(cloud.endpoint);
  const [body, contentType, timestamp] = [
    JSON.stringify(parameters),
    "application/json",
    Math.floor(Date.now() / 1000),
  ];
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = {
      Authorization: authorization(
        { service: "redis", host, action, contentType, body, timestamp },
        credentialsWith(cloud),
      ),
      "Content-Type": contentType,
      "X-TC-Action": action,
      "X-TC-Version": "2018-04-12",
      "X-TC-Region": cloud.region,
      "X-TC-Timestamp": timestamp,
    };
    httpRequest(cloud.endpoint, { method: "POST", agent, headers }, resolve).on("error", reject).end(body);
  });
  return (JSON.parse(await text(response)) as { Response: Answer }).Response;
}
