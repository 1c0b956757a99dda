import type { Client, MethodDefinition } from "@grpc/grpc-js";
import { ResourceProviderService as service } from "@pulumi/pulumi/proto/provider_grpc_pb";
import {
  CheckRequest,
  ConfigureRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb";

import { callUnary } from "./callUnary";
import { project } from "./project";
import { ProviderProcess } from "./providerProcess";
import { providerText } from "./providerText";
import { requireOfPulumi } from "./requireOfPulumi";
import { type Properties, fromStruct, toStruct, withoutMarks } from "./struct";

const grpc = requireOfPulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");

export interface StartOptions {
  /** The folder of the Pulumi program. @default this repository's, where the package is found */
  readonly folder?: string;
  /** The process's whole environment except the PATH. @default nothing */
  readonly environment?: Readonly<Record<string, string>>;
  /** The stack's config. @default nothing */
  readonly config?: Readonly<Record<string, string>>;
}

/** Without this machine's credentials, and without requests to a metadata service. */
const isolation = { HOME: "/nonexistent", TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:9" };

/**
 * The process that Pulumi starts for a program's dynamic resources, called like from the engine. One operation, such as
 * `pulumi up`, uses one process, so tests of a later operation start another one.
 *
 * The text of our provider is added to all properties without it.
 */
export class DynamicProvider {
  private static readonly running = new Set<DynamicProvider>();
  private static isOver = false;

  /** Starts and configures the process, which the engine does first. */
  static async start({ folder = project, environment = {}, config = {} }: StartOptions = {}): Promise<DynamicProvider> {
    const text = await providerText();
    // A hook that has timed out keeps running: a process that it starts now would never be ended.
    if (DynamicProvider.isOver) throw new Error("the tests are over");
    const child = await ProviderProcess.start(folder, { PATH: process.env.PATH, ...isolation, ...environment });
    const provider = new DynamicProvider(child, text);
    await provider.configure(config);
    return provider;
  }

  /** For `afterAll`: ends all processes that the tests of a file have started. */
  static async stopAll(): Promise<void> {
    DynamicProvider.isOver = true;
    await Promise.all([...DynamicProvider.running].map((provider) => provider.stop()));
  }

  private readonly client: Promise<Client>;
  private marks = 0;

  private constructor(
    private readonly process: ProviderProcess,
    private readonly text: string,
  ) {
    DynamicProvider.running.add(this);
    this.client = process
      .port()
      .then((port) => new grpc.Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure()));
  }

  async configure(config: Readonly<Record<string, string>>): Promise<void> {
    await this.call(service.configure, new ConfigureRequest().setArgs(toStruct(config)));
  }

  async check(olds: Properties, news: Properties) {
    const request = new CheckRequest().setOlds(toStruct(withoutMarks(olds))).setNews(this.withText(news));
    const reply = await this.call(service.check, request);
    return { inputs: fromStruct(reply.getInputs()), failures: reply.toObject().failuresList };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const request = new DiffRequest().setId(id).setOlds(this.withText(olds)).setNews(this.withText(news));
    const reply = await this.call(service.diff, request);
    const changes = (["unknown", "none", "some"] as const)[reply.getChanges()];
    return { changes, replaces: reply.getReplacesList() };
  }

  async create(inputs: Properties) {
    const reply = await this.call(service.create, new CreateRequest().setProperties(this.withText(inputs)));
    return { id: reply.getId(), outputs: fromStruct(reply.getProperties()) };
  }

  async read(id: string, outputs: Properties) {
    const reply = await this.call(service.read, new ReadRequest().setId(id).setProperties(this.withText(outputs)));
    return { id: reply.getId(), outputs: fromStruct(reply.getProperties()) };
  }

  async update(id: string, olds: Properties, news: Properties) {
    const request = new UpdateRequest().setId(id).setOlds(this.withText(olds)).setNews(this.withText(news));
    const reply = await this.call(service.update, request);
    return { outputs: fromStruct(reply.getProperties()) };
  }

  async delete(id: string, outputs: Properties): Promise<void> {
    await this.call(service.delete, new DeleteRequest().setId(id).setProperties(this.withText(outputs)));
  }

  /**
   * Returns all lines printed since the last call. The reply to a call may arrive before its lines, so the process is
   * made to print a mark: the output before it is complete.
   */
  async takeOutput(): Promise<{ stdout: string[]; stderr: string[] }> {
    const mark = `mark ${++this.marks}`;
    await this.check({}, { __provider: printsMark, mark });
    return this.process.outputBefore(mark);
  }

  async stop(): Promise<void> {
    DynamicProvider.running.delete(this);
    await this.process.stop();
    await this.client.then(
      (client) => client.close(),
      () => undefined,
    );
  }

  private withText(properties: Properties) {
    return toStruct({ __provider: this.text, ...withoutMarks(properties) });
  }

  private async call<Request, Reply>(method: MethodDefinition<Request, Reply>, request: Request): Promise<Reply> {
    return callUnary(await this.client, method, request);
  }
}

/** A provider of the tests in the same process, which prints its input on both streams. */
const printsMark = `exports.handler = () => ({
  check(olds, { mark }) {
    console.log(mark);
    console.error(mark);
    return {};
  },
});`;
