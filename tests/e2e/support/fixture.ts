import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  type LocalCloud,
  type LocalCloudOptions,
  type RequestRecord,
  startLocalCloud,
} from "pulumi-tencentcloud-redis/local-cloud";

import { type CommandOptions, type CommandResult, runCommand } from "../../../tools/command";
import { PulumiStack, type ResourceState, type StackState } from "../../../tools/pulumiStack";
import { authAccepted } from "../../../tools/redisAuth";
import { runLength } from "./canaries";
import { findSecrets } from "./findSecrets";
import { fromSetup } from "./fromSetup";
import { type FrontEnd, projectFiles, withPlugin } from "./plugin";
import { secretVariables } from "./secretVariables";

/** The resource that most programs here declare, with the password from the environment. */
export const cacheArgs = { instanceId: "crs-5a4py64p", region: "ap-guangzhou" };

/** Returns a program with one resource, "cache". Arguments and options are JavaScript; `env` is the environment. */
export function program(args: object = {}, options = "{}"): string {
  const rest = JSON.stringify({ ...cacheArgs, ...args });
  return `
    const pulumi = require("@pulumi/pulumi");
    const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
    const cache = new RedisInstancePassword("cache", { password: process.env.REDIS_PASSWORD, ...${rest} }, ${options});
    exports.taskId = cache.taskId;
  `;
}

/** Returns the output of a command, from both streams. */
export const shown = ({ stdout, stderr }: CommandResult): string => stdout + stderr;

/** A user's project with the installed tarball, a stack of it, and a cloud for it. */
export class Fixture {
  readonly folder = mkdtempSync(path.join(tmpdir(), "e2e-project-"));
  readonly requests: RequestRecord[] = [];
  readonly stack: PulumiStack;
  /** Everything that the CLI has printed so far. */
  output = "";
  /** Why the search at the end of every fixture is skipped, if it is. */
  unsearched: string | undefined;
  private readonly secrets = new Set<string>();
  /** The program's own files, which are not searched. */
  private readonly written = new Set<string>();
  private startedCloud: LocalCloud | undefined;

  constructor(private readonly frontEnd: FrontEnd = "class") {
    this.stack = new PulumiStack({ engine: fromSetup("E2E_ENGINE"), project: this.folder });
  }

  /** @param frontEnd what `require("pulumi-tencentcloud-redis")` in the source refers to */
  static async create(
    source: string,
    cloudOptions: LocalCloudOptions = {},
    frontEnd: FrontEnd = "class",
  ): Promise<Fixture> {
    const fixture = new Fixture(frontEnd);
    for (const [file, text] of projectFiles(source, frontEnd)) fixture.write(file, text);
    await fixture.stack.init();
    return fixture.start(cloudOptions);
  }

  /** Copies an existing project, whose stack is created by {@link shell}. */
  static async copyProject(project: string, cloudOptions: LocalCloudOptions = {}): Promise<Fixture> {
    const fixture = new Fixture();
    cpSync(project, fixture.folder, { recursive: true });
    fixture.stack.makeBackend();
    return fixture.start(cloudOptions);
  }

  /** Starts the cloud, before or after the project is written. */
  async start(cloudOptions: LocalCloudOptions): Promise<this> {
    symlinkSync(path.join(fromSetup("E2E_INSTALLED"), "node_modules"), path.join(this.folder, "node_modules"));
    const onRequest = (record: RequestRecord) => this.requests.push(record);
    this.startedCloud = await startLocalCloud({ taskSeconds: 0.2, ...cloudOptions, onRequest });
    return this;
  }

  get cloud(): LocalCloud {
    if (!this.startedCloud) throw new Error("the cloud is not started");
    return this.startedCloud;
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), this.frontEnd === "plugin" ? withPlugin(text) : text);
    this.written.add(path.join(this.folder, file));
  }

  /** Gives this project its own copy of the installed package, to modify, and returns the folder of the copy. */
  ownPackage(): string {
    const installed = path.join(fromSetup("E2E_INSTALLED"), "node_modules");
    const own = path.join(this.folder, "node_modules");
    rmSync(own);
    mkdirSync(own);
    for (const name of readdirSync(installed)) symlinkSync(path.join(installed, name), path.join(own, name));
    const folder = path.join(own, "pulumi-tencentcloud-redis");
    rmSync(folder);
    cpSync(path.join(installed, "pulumi-tencentcloud-redis"), folder, { recursive: true });
    return folder;
  }

  /** Runs `pulumi` with the credentials of the cloud. */
  async pulumi(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    options: CommandOptions = {},
  ): Promise<CommandResult> {
    const result = await this.stack.run(args, this.withCredentials(environment), options);
    this.output += shown(result);
    return result;
  }

  /** Runs a script in the project's folder, with the credentials of the cloud, up to its first failing command. */
  async shell(script: string, environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const env = { ...this.stack.environment, PULUMI_SKIP_CONFIRMATIONS: "true", ...this.withCredentials(environment) };
    const result = await runCommand("bash", ["-euo", "pipefail", "-c", script], {
      cwd: this.folder,
      env,
      timeoutMs: 9 * 60_000,
    });
    this.output += shown(result);
    return result;
  }

  private withCredentials(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    const whole = { ...this.credentials(), ...environment };
    for (const name of secretVariables) {
      const value = whole[name] ?? "";
      if (value.length >= runLength) this.secrets.add(value);
    }
    return whole;
  }

  up(password: string, environment: NodeJS.ProcessEnv = {}, args: readonly string[] = []): Promise<CommandResult> {
    return this.pulumi(["up", "--yes", "--skip-preview", ...args], { REDIS_PASSWORD: password, ...environment });
  }

  preview(password: string, environment: NodeJS.ProcessEnv = {}, args: readonly string[] = []): Promise<CommandResult> {
    return this.pulumi(["preview", ...args], { REDIS_PASSWORD: password, ...environment });
  }

  credentials(): NodeJS.ProcessEnv {
    return {
      TENCENTCLOUD_REDIS_ENDPOINT: this.cloud.endpoint,
      TENCENTCLOUD_SECRET_ID: this.cloud.secretId,
      TENCENTCLOUD_SECRET_KEY: this.cloud.secretKey,
    };
  }

  /** The number of requests to reset a password, including refused ones. */
  get resets(): number {
    return this.requests.filter(({ action }) => action === "ResetPassword").length;
  }

  auth(password: string, instanceId = cacheArgs.instanceId): Promise<boolean> {
    const instance = this.cloud.instances.find((candidate) => candidate.instanceId === instanceId);
    if (!instance) throw new Error(`no instance ${instanceId}`);
    return authAccepted(instance.port, password);
  }

  async resources(): Promise<readonly ResourceState[]> {
    return (await this.state()).deployment.resources ?? [];
  }

  async cache(): Promise<ResourceState> {
    const found = (await this.resources()).find(({ type }) => type.endsWith(":RedisInstancePassword"));
    if (!found) throw new Error("the state holds no RedisInstancePassword");
    return found;
  }

  state(): Promise<StackState> {
    return this.stack.exportState();
  }

  async dispose(): Promise<void> {
    try {
      if (this.unsearched === undefined) await this.expectNoSecrets();
    } finally {
      await this.startedCloud?.stop();
      this.stack.remove();
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  /** Expects that no secret of any run's environment, nor a part of one, was shown or left behind. */
  private async expectNoSecrets(): Promise<void> {
    const state = await this.stack.run(["stack", "export", "--show-secrets"]);
    const found = findSecrets(this.secrets, {
      texts: { "the output": this.output, "the state": shown(state), "the requests": JSON.stringify(this.requests) },
      folders: [this.folder, this.stack.folder],
      isLeftOut: (file) => path.basename(file) === "node_modules" || this.written.has(file),
    });
    if (found.length > 0) throw new Error(`secrets were found: ${JSON.stringify(found)}`);
  }
}
