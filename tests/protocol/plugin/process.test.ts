import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

import { ResourceProviderService as service } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { GetSchemaRequest, InvokeRequest, ProviderHandshakeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";

import { EngineStub } from "../support/engineStub";
import { PluginProvider, urnOf } from "../support/pluginProvider";
import { project } from "../support/project";
import { requireOfPulumi } from "../support/requireOfPulumi";

const { Empty } = requireOfPulumi(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof import("google-protobuf/google/protobuf/empty_pb");

const folder = mkdtempSync(path.join(tmpdir(), "plugin-"));
beforeAll(() => {
  // As installed elsewhere, with a schema.
  cpSync(path.join(project, "dist/provider"), path.join(folder, "dist/provider"), { recursive: true });
  symlinkSync(path.join(project, "node_modules"), path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ version: "1.2.3" }));
  writeFileSync(path.join(folder, "schema.json"), '{"name":"tencentcloud-redis"}');
});
afterAll(async () => {
  await PluginProvider.stopAll();
  rmSync(folder, { recursive: true });
});

let others: EngineStub[] = [];
afterEach(() => {
  for (const engine of others) engine.stop();
  others = [];
});
async function startOther(): Promise<EngineStub> {
  const engine = await EngineStub.start();
  others.push(engine);
  return engine;
}

const args = { instanceId: "crs-5a4py64p", password: "Correct-horse-7", region: "ap-guangzhou" };
const willBeSet = { severity: "info", urn: urnOf("cache"), message: "crs-5a4py64p: the password will be set" };

test("the plugin ends when its engine is killed", async () => {
  const plugin = await PluginProvider.start();
  const exited = once(plugin.child, "exit");
  plugin.engine.stop();
  await expect(exited).resolves.toEqual([1, null]);
});

test("the plugin leaves SIGTERM to its engine, which may record what it has sent", async () => {
  const plugin = await PluginProvider.start();
  plugin.child.kill("SIGTERM");
  await pause(100);
  expect(await plugin.configure({})).toMatchObject({ supportspreview: true });
});

test("the plugin returns the version of its package", async () => {
  const plugin = await PluginProvider.start({ folder });
  const info = await plugin.call(service.getPluginInfo, new Empty());
  expect(info.getVersion()).toBe("1.2.3");
});

test("the schema is the unchanged file in the package's root", async () => {
  const plugin = await PluginProvider.start({ folder });
  const reply = await plugin.call(service.getSchema, new GetSchemaRequest());
  expect(reply.getSchema()).toBe('{"name":"tencentcloud-redis"}');
});

test("the plugin does not accept secrets, so that the engine restores the marks of all secrets", async () => {
  const plugin = await PluginProvider.start();
  const reply = await plugin.call(service.handshake, new ProviderHandshakeRequest());
  expect(reply.toObject()).toMatchObject({ acceptSecrets: false, acceptOutputs: false, acceptResources: false });
  expect(await plugin.configure({})).toMatchObject({ acceptsecrets: false, supportspreview: true });
});

test("functions and components are not implemented", async () => {
  const plugin = await PluginProvider.start();
  await expect(plugin.call(service.invoke, new InvokeRequest())).rejects.toThrow("does not implement the method");
});

test.each<[string, (plugin: PluginProvider, address: string) => Promise<unknown>]>([
  ["has attached", (plugin, address) => plugin.call(service.attach, new PluginAttach().setAddress(address))],
  [
    "gives its address in the handshake",
    (plugin, address) => plugin.call(service.handshake, new ProviderHandshakeRequest().setEngineAddress(address)),
  ],
])("lines go to the engine that %s", async (_, tell) => {
  const plugin = await PluginProvider.start();
  const other = await startOther();
  await tell(plugin, other.address);
  await plugin.check({}, args);
  expect(plugin.takeLines()).toEqual([]);
  expect(other.takeLines()).toEqual([willBeSet]);
});

test("lines go to the engine that has started the plugin", async () => {
  const plugin = await PluginProvider.start();
  await plugin.check({}, args);
  expect(plugin.takeLines()).toEqual([willBeSet]);
});

test("the plugin listens on one address of this machine only", async () => {
  const plugin = await PluginProvider.start();
  const socket = connect({ host: "127.0.0.2", port: plugin.port });
  await expect(once(socket, "connect")).rejects.toMatchObject({ syscall: "connect" });
});

test("a line that the engine rejects stops nothing", async () => {
  const plugin = await PluginProvider.start();
  const other = await startOther();
  other.stop();
  await plugin.call(service.attach, new PluginAttach().setAddress(other.address));
  expect(await plugin.check({}, args)).toMatchObject({ failures: [] });
});
