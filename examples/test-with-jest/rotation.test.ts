import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

const [first, second, third] = ["first-Passw0rd", "second-Passw0rd", "third-Passw0rd"];

let cloud: LocalCloud;
let stack: Stack;
/** The folder for Pulumi's state. */
const backend = mkdtempSync(path.join(tmpdir(), "rehearsal-"));

beforeAll(async () => {
  cloud = await startLocalCloud();
  stack = await LocalWorkspace.createStack(
    { stackName: "rehearsal", workDir: __dirname },
    { envVars: { ...cloud.environment, PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: "any" } },
  );
  await up(first);
});

afterAll(async () => {
  await cloud.stop();
  await stack.workspace.removeStack("rehearsal", { force: true });
  rmSync(backend, { recursive: true });
});

test("an up sets the new password, and the instance refuses the old one", async () => {
  await up(second);
  expect(await accepted(second)).toBe(true);
  expect(await accepted(first)).toBe(false);
});

test("if the service fails, the instance keeps its password, and the next up sets the new one", async () => {
  cloud.addFault("ResetPassword=task-fail:out of memory*1");
  await expect(up(third)).rejects.toThrow("out of memory");
  expect(await accepted(second)).toBe(true);
  await up(third);
  expect(await accepted(third)).toBe(true);
});

/** Runs a real `pulumi up` of this project, with the password in its environment. */
function up(password: string): Promise<unknown> {
  stack.workspace.envVars.REDIS_PASSWORD = password;
  return stack.up();
}

async function accepted(password: string): Promise<boolean | undefined> {
  return cloud.instances[0]?.accepts(password);
}
