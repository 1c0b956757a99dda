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
/** Where Pulumi keeps the state of the rehearsal. */
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

test("a new password is the instance's after an up, and the old one is refused", async () => {
  await up(second);
  assert.equal(await accepted(second), true);
  assert.equal(await accepted(first), false);
});

test("when the service fails, the instance keeps its password, and the next up sets the new one", async () => {
  cloud.addFault("ResetPassword=task-fail:out of memory*1");
  await assert.rejects(up(third), /out of memory/);
  assert.equal(await accepted(second), true);
  await up(third);
  assert.equal(await accepted(third), true);
});

/** A real `pulumi up` of this project, with that password in its environment. */
function up(password) {
  stack.workspace.envVars.REDIS_PASSWORD = password;
  return stack.up();
}

const accepted = (password) => cloud.instances[0].accepts(password);
