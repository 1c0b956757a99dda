import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { createClient } from "@redis/client";
import { type InstanceOptions, type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { authAccepted } from "../../../tools/redisAuth";
import { type FirstLine, run, start, stop } from "../support/localCommand";
import { send, untilDone } from "../support/localRequests";
import { commandLines } from "../support/watch";

const instanceId = "crs-5a4py64p";

describe("startLocalCloud", () => {
  let cloud: LocalCloud;
  afterEach(() => cloud.stop());

  const startWith = async (options: InstanceOptions = {}): Promise<number> => {
    const accounts = { reader: "reader-1t", writer: { password: "writer-1t" }, other: undefined, ...options.accounts };
    const instances = { [instanceId]: { password: "root-1tt", ...options, accounts } };
    cloud = await startLocalCloud({ instances, taskSeconds: 0.2 });
    return cloud.instances[0]?.port ?? 0;
  };
  const modify = async (AccountName: string, changes: object): Promise<void> => {
    const body = { InstanceId: instanceId, AccountName, ...changes };
    const { TaskId = NaN } = await send(cloud, { action: "ModifyInstanceAccount", body });
    await untilDone(cloud, TaskId);
  };
  const acceptedOf = async (port: number, passwords: readonly string[]): Promise<string[]> => {
    const accepted = await Promise.all(passwords.map((password) => authAccepted(port, password)));
    return passwords.filter((_, index) => accepted[index]);
  };

  it("changes the joined password of one account; root and the other accounts keep theirs", async () => {
    const port = await startWith();
    const others = ["root-1tt", "writer@writer-1t"];
    expect(await acceptedOf(port, ["reader@reader-1t", "reader-1t", "reader@writer-1t", "other@", ...others])).toEqual([
      "reader@reader-1t",
      ...others,
    ]);
    await modify("reader", { AccountPassword: "reader-2t", Privilege: "rw", ReadonlyPolicy: ["master"] });
    expect(await acceptedOf(port, ["reader@reader-1t", "reader@reader-2t", ...others])).toEqual([
      "reader@reader-2t",
      ...others,
    ]);
  });

  it("changes root's password, but not that of a custom account", async () => {
    const port = await startWith();
    const { TaskId = NaN } = await send(cloud, { body: { InstanceId: instanceId, Password: "root-2tt" } });
    await untilDone(cloud, TaskId);
    expect(await acceptedOf(port, ["root-1tt", "root-2tt", "reader@reader-1t", "writer@writer-1t"])).toEqual([
      "root-2tt",
      "reader@reader-1t",
      "writer@writer-1t",
    ]);
  });

  it("returns from accepts whether an account has a password", async () => {
    await startWith();
    const [instance] = cloud.instances;
    expect(await instance?.accepts("reader-1t", "reader")).toBe(true);
    expect(await instance?.accepts("writer-1t", "reader")).toBe(false);
    expect(await instance?.accepts("reader-1t", "unknown")).toBe(false);
    expect(await instance?.accepts("root-1tt")).toBe(true);
    expect(await instance?.accepts("root-1tt", "root")).toBe(true);
  });

  it("admits everyone while root is password-free, and requires the passwords again afterwards", async () => {
    const port = await startWith();
    await modify("root", { NoAuth: true });
    expect(await cloud.instances[0]?.accepts("")).toBe(true);
    await modify("reader", { AccountPassword: "reader-2t" });
    expect(await cloud.instances[0]?.accepts("")).toBe(true);
    await modify("root", { AccountPassword: "root-2tt" });
    expect(await cloud.instances[0]?.accepts("")).toBe(false);
    expect(await acceptedOf(port, ["root-2tt", "reader@reader-2t", "reader@reader-1t", "writer@writer-1t"])).toEqual([
      "root-2tt",
      "reader@reader-2t",
      "writer@writer-1t",
    ]);
  });

  it("keeps connections open when the password of their account changes", async () => {
    const port = await startWith();
    const joined = await signIn(port, "reader@reader-1t");
    const named = await signIn(port, "reader-1t", "reader");
    await modify("reader", { AccountPassword: "reader-2t" });
    expect(await joined.ping()).toBe("PONG");
    expect(await named.ping()).toBe("PONG");
    joined.destroy();
    named.destroy();
  });

  it.each([
    ["r", { set: "NOPERM", get: "null" }],
    ["w", { set: "OK", get: "NOPERM" }],
    ["rw", { set: "OK", get: "value" }],
  ] as const)("allows what the privilege %s says after AUTH with the account's name", async (privilege, expected) => {
    const port = await startWith({ accounts: { reader: { password: "reader-1t", privilege } } });
    const client = await signIn(port, "reader-1t", "reader");
    const firstWord = (error: Error): string => error.message.split(" ")[0] ?? "";
    const set = await client.set("key", "value").catch(firstWord);
    const get = await client.get("key").catch(firstWord);
    client.destroy();
    expect({ set, get: String(get) }).toEqual(expected);
  });

  it("accepts the changed password after AUTH with the account's name, or with that of Redis' default user", async () => {
    const port = await startWith();
    await modify("reader", { AccountPassword: "reader-2t" });
    await expect(signIn(port, "reader-1t", "reader")).rejects.toThrow("WRONGPASS");
    (await signIn(port, "reader-2t", "reader")).destroy();
    (await signIn(port, "root-1tt", "default")).destroy();
  });
});

async function signIn(port: number, password: string, username?: string) {
  const socket = { host: "127.0.0.1", port, reconnectStrategy: false as const, connectTimeout: 60_000 };
  const client = createClient({ socket, password, ...(username === undefined ? {} : { username }) });
  return client.on("error", () => undefined).connect();
}

it("the command starts custom accounts, and reset --account changes one of them only", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "accounts-"));
  const file = path.join(folder, "password");
  writeFileSync(file, "hush-reader1\n");
  const accounts = ["--account", `${instanceId}/reader`, "--account", `${instanceId}/writer`];
  const password = ["--password-file", `${instanceId}/reader=${file}`];
  const { process, first } = await start([...accounts, ...password, "--task-seconds", "0"], {
    TENCENT_REDIS_LOCAL_PASSWORD: "hush-root-1t",
  });
  const port = first.instances[0]?.port ?? 0;
  try {
    expect(await authAccepted(port, "reader@hush-reader1")).toBe(true);
    // Any user of the machine can read command lines.
    expect(commandLines().filter((line) => line.includes("hush-"))).toEqual([]);

    writeFileSync(file, "hush-reader2\n");
    const reset = ["reset", "--account", "reader", "--password-file", file];
    expect(await run(reset, environmentFor(first))).toEqual({
      code: 0,
      stdout: "crs-5a4py64p/reader: the password was reset (task 16657)\n",
      stderr: "",
    });
    expect(await authAccepted(port, "reader@hush-reader1")).toBe(false);
    expect(await authAccepted(port, "reader@hush-reader2")).toBe(true);
    expect(await authAccepted(port, "hush-root-1t")).toBe(true);

    expect(await run(["reset", "--account", "unknown"], environmentFor(first))).toMatchObject({
      code: 1,
      stderr:
        "tencent-redis-local: ModifyInstanceAccount failed: " +
        "The account unknown does not exist. (InvalidParameter.PermissionDenied)\n",
    });
  } finally {
    expect(await stop(process)).toBe(0);
    rmSync(folder, { recursive: true });
  }
});

const environmentFor = ({ endpoint, secretId, secretKey }: FirstLine): Readonly<Record<string, string>> => ({
  TENCENTCLOUD_REDIS_ENDPOINT: endpoint,
  TENCENTCLOUD_SECRET_ID: secretId,
  TENCENTCLOUD_SECRET_KEY: secretKey,
});
