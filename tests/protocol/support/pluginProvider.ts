import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

import type { Client, MethodDefinition } from "@grpc/grpc-js";
import { ResourceProviderService as service } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { callUnary } from "./callUnary";
import { EngineStub, type LoggedLine } from "./engineStub";
import { within } from "./patience";
import { project } from "./project";
import { requireOfPulumi } from "./requireOfPulumi";
import { type Properties, fromStruct, toStruct, withoutMarks } from "./struct";

const grpc = requireOfPulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
const { Empty } = requireOfPulumi(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof import("google-protobuf/google/protobuf/empty_pb");

export interface PluginOptions {
  /** The process's whole environment except the PATH. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
  /** The provider's settings, by their names. @default nothing */
  readonly settings?: Properties;
  /** The package's folder. @default this repository's */
  readonly folder?: string;
}

/** Without this machine's credentials, and without requests to a metadata service. */
const isolation = { HOME: "/nonexistent", TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:9" };

/** The URN of a resource by its name. */
export const urnOf = (name: string): string =>
  `urn:pulumi:dev::project::tencentcloud-redis:index:RedisInstancePassword::${name}`;

const kindName = (kind: number): string | undefined =>
  Object.entries(messages.PropertyDiff.Kind).find(([, value]) => (value as number) === kind)?.[0];

/** Other arguments of a create or an update. */
export interface ChangeOptions {
  readonly isPreview?: boolean;
  /** `customTimeouts` */
  readonly timeoutSeconds?: number;
}

/** The built provider plugin as a process, called as Pulumi's engine does. */
export class PluginProvider {
  private static readonly running = new Set<PluginProvider>();

  static async start({
    environment = {},
    settings = {},
    folder = project,
  }: PluginOptions = {}): Promise<PluginProvider> {
    const engine = await EngineStub.start();
    const main = path.join(folder, "dist/provider/engine/plugin/main.js");
    const child = spawn(process.execPath, [main, "--logtostderr", "-v=3", engine.address], {
      cwd: "/",
      env: { PATH: process.env.PATH, ...isolation, ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value: port } = (await within(lines.next(), "the plugin's port")) as { value: string };
    const client = new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const plugin = new PluginProvider(engine, child, Number(port), client);
    PluginProvider.running.add(plugin);
    // Without an address, like an engine that passes it only as an argument.
    await plugin.call(service.handshake, new messages.ProviderHandshakeRequest());
    await plugin.configure(settings);
    return plugin;
  }

  /** For `afterAll`: ends all processes that the tests of a file have started. */
  static async stopAll(): Promise<void> {
    await Promise.all([...PluginProvider.running].map((plugin) => plugin.stop()));
  }

  readonly urn = urnOf("cache");

  private constructor(
    readonly engine: EngineStub,
    readonly child: ChildProcess,
    readonly port: number,
    private readonly client: Client,
  ) {}

  async checkConfig(news: Properties) {
    const reply = await this.call(service.checkConfig, new messages.CheckRequest().setNews(toStruct(news)));
    return { inputs: fromStruct(reply.getInputs()), failures: reply.toObject().failuresList };
  }

  async configure(settings: Properties) {
    const request = new messages.ConfigureRequest().setArgs(toStruct(settings)).setAcceptsecrets(true);
    return (await this.call(service.configure, request)).toObject();
  }

  async check(olds: Properties, news: Properties, urn = this.urn) {
    const request = new messages.CheckRequest().setUrn(urn);
    request.setOlds(toStruct(withoutMarks(olds))).setNews(toStruct(withoutMarks(news)));
    const reply = await this.call(service.check, request);
    return { inputs: fromStruct(reply.getInputs()), failures: reply.toObject().failuresList };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const request = new messages.DiffRequest().setUrn(this.urn).setId(id);
    request.setOlds(toStruct(withoutMarks(olds))).setNews(toStruct(withoutMarks(news)));
    const reply = await this.call(service.diff, request);
    const changes = (["unknown", "none", "some"] as const)[reply.getChanges()];
    const detailed: Record<string, string> = {};
    reply.getDetaileddiffMap().forEach((change, name) => {
      detailed[name] = `${kindName(change.getKind())}${change.getInputdiff() ? "" : " of an output"}`;
    });
    return {
      changes,
      replaces: reply.getReplacesList(),
      diffs: reply.getDiffsList(),
      detailed,
      hasDetails: reply.getHasdetaileddiff(),
    };
  }

  async create(inputs: Properties, { isPreview = false, timeoutSeconds = 0 }: ChangeOptions = {}) {
    const request = new messages.CreateRequest().setUrn(this.urn).setProperties(toStruct(withoutMarks(inputs)));
    const reply = await this.call(service.create, request.setPreview(isPreview).setTimeout(timeoutSeconds));
    return { id: reply.getId(), outputs: fromStruct(reply.getProperties()) };
  }

  async read(id: string, outputs: Properties) {
    const request = new messages.ReadRequest().setUrn(this.urn).setId(id);
    const reply = await this.call(service.read, request.setProperties(toStruct(withoutMarks(outputs))));
    const inputs = reply.hasInputs() ? { inputs: fromStruct(reply.getInputs()) } : {};
    return { id: reply.getId(), outputs: fromStruct(reply.getProperties()), ...inputs };
  }

  async update(
    id: string,
    olds: Properties,
    news: Properties,
    { isPreview = false, timeoutSeconds = 0 }: ChangeOptions = {},
  ) {
    const request = new messages.UpdateRequest().setUrn(this.urn).setId(id);
    request.setOlds(toStruct(withoutMarks(olds))).setNews(toStruct(withoutMarks(news)));
    const reply = await this.call(service.update, request.setPreview(isPreview).setTimeout(timeoutSeconds));
    return { outputs: fromStruct(reply.getProperties()) };
  }

  async delete(id: string, outputs: Properties): Promise<void> {
    const request = new messages.DeleteRequest().setUrn(this.urn).setId(id);
    await this.call(service.delete, request.setProperties(toStruct(withoutMarks(outputs))));
  }

  async cancel(): Promise<void> {
    await this.call(service.cancel, new Empty());
  }

  /** Returns all lines since the last call. */
  takeLines(): LoggedLine[] {
    return this.engine.takeLines();
  }

  async stop(): Promise<void> {
    PluginProvider.running.delete(this);
    this.client.close();
    if (this.child.exitCode === null) {
      this.child.kill("SIGKILL");
      await once(this.child, "exit");
    }
    this.engine.stop();
  }

  call<Request, Reply>(method: MethodDefinition<Request, Reply>, request: Request): Promise<Reply> {
    return callUnary(this.client, method, request);
  }
}
