import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { type LocalCloud, type RequestRecord, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { silentLog } from "../../provider/resource/session/resourceLog";
import { systemClock } from "../../provider/tencentcloud/retry/clock";
import { Session } from "../../provider/resource/session/session";
import { deadlineIn } from "../../provider/tencentcloud/retry/deadline";
import { describeInstance } from "../../provider/tencentcloud/redis/describeInstance";
import { type Setup, credentialSetups, roleArn } from "./support/credentialSetups";

const instanceId = "crs-5a4py64p";

let cloud: LocalCloud;
let requests: RequestRecord[] = [];
let home: string;

beforeAll(async () => {
  // The tests share an account, and together send more than its quota permits.
  cloud = await startLocalCloud({
    requestsPerSecond: 1000,
    cvmRole: "machine",
    roles: [roleArn],
    onRequest: (record) => requests.push(record),
  });
});
afterAll(() => cloud.stop());

beforeEach(() => {
  requests = [];
  home = mkdtempSync(path.join(tmpdir(), "credential-sources-"));
});
afterEach(() => rmSync(home, { recursive: true }));

/** Sets everything up, and describes the instance for three resources at once, as their refreshes do. */
async function refreshThrice({ environment = {}, config = {}, files = {} }: Setup): Promise<unknown[]> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(home, name)), { recursive: true });
    writeFileSync(path.join(home, name), text);
  }
  const variables: Readonly<Record<string, string | undefined>> = {
    TENCENTCLOUD_REDIS_ENDPOINT: cloud.endpoint,
    TENCENTCLOUD_STS_ENDPOINT: cloud.endpoint,
    TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:9",
    ...environment,
  };
  const session = new Session({ environment: (name) => variables[name], homeDirectory: home });
  session.configure((name) => config[name]);
  const ask = () => {
    const client = session.clientFor({ instanceId, region: "ap-guangzhou" }, silentLog);
    return describeInstance(client, instanceId, deadlineIn(60, systemClock));
  };
  return Promise.all([ask(), ask(), ask()]);
}

it.each(credentialSetups)(
  "credentials from %s are accepted, and fetched once for all resources",
  async (_, setup, fetches) => {
    expect(await refreshThrice(setup({ cloud, home }))).toEqual(
      Array(3).fill({ isPasswordFree: false, condition: "usable" }),
    );
    expect(requests.filter(({ action }) => action !== "DescribeInstances").map(({ action }) => action)).toEqual(
      fetches,
    );
    expect(requests.filter(({ code }) => code !== null)).toEqual([]);
  },
);
