/** Demonstrates the main use: the real Pulumi CLI changes the password of a real Redis server. */
import { randomBytes } from "node:crypto";

import { type LocalCloud, type RequestRecord, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { ensurePulumi } from "./pulumiEngine";
import { PulumiStack } from "./pulumiStack";
import { ensureRedisServer } from "./redisServer";
import { root } from "./root";

async function main(): Promise<void> {
  await ensureRedisServer();
  const engine = await ensurePulumi();
  const stack = new PulumiStack({ engine, project: root, name: "demo" });
  const requests: RequestRecord[] = [];
  const cloud = await startLocalCloud({ onRequest: (request) => requests.push(request) });
  try {
    await Promise.race([tell(stack, cloud, requests), interrupted()]);
  } finally {
    await cloud.stop();
    stack.remove();
  }
}

/** Rejects on Ctrl-C and other signals, so that the demo cleans up in that case, too. */
function interrupted(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => reject(new Error(signal)));
  });
}

async function tell(stack: PulumiStack, cloud: LocalCloud, requests: RequestRecord[]): Promise<void> {
  const [instance] = cloud.instances;
  if (!instance) throw new Error("the local cloud has no instance");
  const [first, second] = [randomPassword(), randomPassword()];
  const resets = () => requests.filter(({ action }) => action === "ResetPassword").length;
  const auth = async (what: string, password: string, expected: boolean) => {
    const accepted = await instance.accepts(password);
    expect(accepted === expected, `AUTH with ${what}: ${accepted ? "accepted" : "refused"}`);
  };
  const pulumi = async (args: string[], password: string) => {
    console.log(`  $ pulumi ${args.join(" ")}`);
    const environment = { ...cloud.environment, REDIS_PASSWORD: password };
    const { code } = await stack.run([...args, "--suppress-progress"], environment, {
      onLine: (line) => line.trim() && console.log(`  | ${line}`),
    });
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} ended with code ${String(code)}`);
    console.log();
  };

  heading("A cloud on this machine");
  console.log(`  The Redis API of Tencent Cloud: ${cloud.endpoint}, region ${cloud.region}`);
  console.log(`  Instance ${instance.instanceId}: a real redis-server on port ${instance.port}`);
  await stack.init();

  heading("The first up: the password in the code becomes the instance's");
  await auth("the password", first, false);
  await pulumi(["up", "--yes", "--skip-preview"], first);
  await auth("the password", first, true);
  await expectTask(stack, 16657);

  heading("The same up again: nothing to do");
  const before = resets();
  await pulumi(["up", "--yes", "--skip-preview"], first);
  expect(resets() === before, `ResetPassword requests so far: ${resets()}`);

  heading("The password is changed in the code: what would happen?");
  await pulumi(["preview"], second);
  await auth("the old password", first, true);
  expect(resets() === before, `ResetPassword requests so far: ${resets()}`);

  heading("The up that changes it");
  await pulumi(["up", "--yes", "--skip-preview"], second);
  await auth("the old password", first, false);
  await auth("the new password", second, true);
  await expectTask(stack, 16658);

  heading("What Pulumi has recorded, every secret in the clear");
  const state = JSON.stringify(await stack.exportState(), null, 2);
  const line = /"plaintext": .*fingerprint.*/.exec(state)?.[0] ?? "";
  console.log(`  In the place of the password: ${line}`);
  expect(!state.includes(first) && !state.includes(second), "The old or the new password in the state: not found");

  heading("Destroy: the instance is left as it is");
  await pulumi(["destroy", "--yes", "--skip-preview"], second);
  await auth("the new password", second, true);
  expect(resets() === 2, `ResetPassword requests in all: ${resets()}`);
  console.log("\nDone. The local cloud, its Redis server and the stack are gone.");
}

async function expectTask(stack: PulumiStack, taskId: number): Promise<void> {
  const { deployment } = await stack.exportState();
  const found = deployment.resources?.map(({ outputs }) => outputs?.taskId).find((id) => id !== undefined);
  expect(found === taskId, `TaskId: ${JSON.stringify(found)}`);
}

/** Prints a result, and stops the demo if it is not the expected one. */
function expect(isAsExpected: boolean, found: string): void {
  if (!isAsExpected) throw new Error(`this should not be: ${found}`);
  console.log(`  ✓ ${found}`);
}

let chapter = 0;
const heading = (text: string): void => console.log(`\n${++chapter}. ${text}\n`);

/** Never shown. The fixed prefix has all kinds of characters. */
const randomPassword = (): string => `aB3-${randomBytes(12).toString("base64url")}`;

main().catch((error: unknown) => {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
