import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

const [first, second, third] = ["first-Passw0rd", "second-Passw0rd", "third-Passw0rd"];

let cloud;
let stack;
/** The folder for Pulumi's state. */
const backend = mkdtempSync(path.join(tmpdir(), "rehearsal-"));

before(async () => {
  cloud = await startLocalCloud();
  stack = await LocalWorkspace.createStack(
    { stackName: "rehearsal", workDir: path.dirname(fileURLToPath(import.meta.url)) },
    { envVars: { ...cloud.environment, PULUMI_BACKEND_URL: `file://${backend}`, PULUMI_CONFIG_PASSPHRASE: "any" } },
  );
  await up(first);
});

after(async () => {
  await cloud.stop();
  await stack.workspace.removeStack("rehearsal", { force: true });
  rmSync(backend, { recursive: true });
});

test("an up sets the new password, and the instance refuses the old one", async () => {
  await up(second);
  assert.equal(await accepted(second), true);
  assert.equal(await accepted(first), false);
});

test("if the service fails, the instance keeps its password, and the next up sets the new one", async () => {
  cloud.addFault("ResetPassword=task-fail:out of memory*1");
  await assert.rejects(up(third), /out of memory/);
  assert.equal(await accepted(second), true);
  await up(third);
  assert.equal(await accepted(third), true);
});

/** Runs a real `pulumi up` of this project, with the password in its environment. */
function up(password) {
  stack.workspace.envVars.REDIS_PASSWORD = password;
  return stack.up();
}

const accepted = (password) => cloud.instances[0].accepts(password);
