import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { DynamicProvider } from "./support/dynamicProvider";
import { project } from "./support/project";
import { catchProviderError } from "./support/providerError";
import type { Properties } from "./support/struct";

const id = "ap-guangzhou/crs-5a4py64p";
const password = "Correct-horse-7";
const args = { instanceId: "crs-5a4py64p", password, region: "ap-guangzhou" };
const inputs = { ...args, password: "fingerprint v1 abc" };
const outputs: Properties = { instanceId: "crs-5a4py64p", region: "ap-guangzhou", taskId: 16657, status: "done" };

let folder: string;
let provider: DynamicProvider;

// A program whose folder has Pulumi and nothing else, as after `npm uninstall` of this package.
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "package-missing-"));
  mkdirSync(path.join(folder, "node_modules/@pulumi"), { recursive: true });
  symlinkSync(path.join(project, "node_modules/@pulumi/pulumi"), path.join(folder, "node_modules/@pulumi/pulumi"));
  provider = await DynamicProvider.start({ folder });
});
afterAll(async () => {
  await DynamicProvider.stopAll();
  rmSync(folder, { recursive: true });
});

describe("If the package can no longer be loaded", () => {
  test("a destroy succeeds, because it changes nothing", async () => {
    await provider.delete(id, outputs);
    expect(await provider.takeOutput()).toEqual({ stdout: [], stderr: [] });
  });

  test.each<[string, () => Promise<unknown>]>([
    ["check", () => provider.check({}, args)],
    ["diff", () => provider.diff(id, outputs, inputs)],
    ["create", () => provider.create(inputs)],
    ["read", () => provider.read(id, outputs)],
    ["update", () => provider.update(id, outputs, inputs)],
  ])("%s fails with one line that says what to do", async (_, call) => {
    const { message, initFailure } = await catchProviderError(call());
    expect(message).toBe(
      "Install pulumi-tencentcloud-redis, it cannot be loaded: Cannot find module 'pulumi-tencentcloud-redis/handlers'",
    );
    expect((await provider.takeOutput()).stderr.join("\n")).not.toMatch(/^\s+at /m);
    expect(initFailure).toBeUndefined();
  });

  test("the program's password is neither recorded nor printed", async () => {
    const { message } = await catchProviderError(provider.check({}, args));
    expect(JSON.stringify([message, await provider.takeOutput()])).not.toContain(password);
  });
});
