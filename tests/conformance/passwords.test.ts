import { acceptedTask } from "../support/acceptedTask";
/** A password reaches Redis unchanged: through JSON, the signature, the service and its configuration. */
import { createClient as createRedis } from "@redis/client";
import { type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { findProblems } from "../../provider/resource/contract/inputs";
import { deadlineIn } from "../../provider/tencentcloud/retry/deadline";
import { resetPassword } from "../../provider/tencentcloud/redis/resetPassword";
import { TaskReader } from "../../provider/tencentcloud/redis/taskReader";
import { Redactor } from "../../provider/tencentcloud/secrets/redactor";
import { waitForTask } from "../../provider/tencentcloud/redis/waitForTask";
import { Secret } from "../../provider/tencentcloud/secrets/secret";
import { credentialsWith } from "../support/credentials";
import { validPassword } from "../unit/properties/support/arbitraries";
import { holds } from "../unit/properties/support/property";
import { createSleepClock } from "../unit/support/clock";
import "../unit/support/errorsOfNode";
import { standaloneClient } from "../support/standaloneClient";

const instanceId = "crs-5a4py64p";
const region = "ap-guangzhou";
let cloud: LocalCloud;
/** One connection for all tests, which a changed password does not end. */
let redis: Awaited<ReturnType<typeof connect>>;

const connect = (port = 0, password = "") =>
  createRedis({ socket: { host: "127.0.0.1", port, reconnectStrategy: false as const }, password })
    .on("error", () => undefined)
    .connect();

beforeAll(async () => {
  const instances = { [instanceId]: "a-first-1" };
  cloud = await startLocalCloud({ taskSeconds: 0, requestsPerSecond: 1_000_000, instances });
  redis = await connect(cloud.instances[0]?.port, "a-first-1");
});
afterAll(async () => {
  redis.destroy();
  await cloud.stop();
});

/** Returns whether the server accepts a password after its reset. */
async function arrives(password: string): Promise<boolean> {
  const endpoint = new URL(cloud.endpoint);
  // The client's own quota would stretch a few hundred resets over half a minute.
  const clock = createSleepClock();
  const credentials = () => Promise.resolve(credentialsWith(cloud));
  const client = standaloneClient({ endpoint, region, credentials, clock });
  const deadline = deadlineIn(600, clock);
  const { taskId = NaN, ...accepted } = await resetPassword(
    client,
    { instanceId, password: new Secret(password) },
    deadline,
  );
  const task = acceptedTask({ ...accepted, taskId, instanceId });
  await waitForTask(client, task, deadline, new TaskReader(clock), new Redactor());
  return redis.auth({ password }).then(
    () => true,
    () => false,
  );
}

const permitted = Array.from({ length: 0x7f - 0x21 }, (_, index) => String.fromCharCode(0x21 + index));

it("each permitted character arrives unchanged, in any position", async () => {
  const passwords = permitted.flatMap((character) => [
    `a1-${character}-wxyz`,
    `a1-bcde${character}`,
    `${character}a1-bcde`,
  ]);
  const valid = passwords.filter((password) => findProblems({ instanceId, region, password }).length === 0);
  // A slash must not be first.
  expect(valid).toHaveLength(passwords.length - 1);
  const lost: string[] = [];
  for (const password of valid) if (!(await arrives(password))) lost.push(password);
  expect(lost).toEqual([]);
});

it("any permitted password arrives unchanged", () =>
  holds("passwordsAtRedis", validPassword, async (password) => expect(await arrives(password)).toBe(true)));
