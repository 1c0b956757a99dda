import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { type CommandOptions, type CommandResult, runCommand } from "./command";

/** What each stack's secrets are encrypted with. */
export const passphrase = "passphrase";

export interface PulumiStackOptions {
  /** The folder of the Pulumi CLI. */
  readonly engine: string;
  /** The folder of the Pulumi project. */
  readonly project: string;
  /** The stack's name. @default "test" */
  readonly name?: string;
}

/** A stack of a project on a local backend of its own, which nothing else on the machine sees. */
export class PulumiStack {
  /** Where Pulumi keeps everything: the state, the settings, the stack's config. */
  readonly folder = mkdtempSync(path.join(tmpdir(), "pulumi-stack-"));
  private readonly name: string;
  private readonly removed = new AbortController();
  private engine: string;

  constructor(private readonly options: PulumiStackOptions) {
    this.name = options.name ?? "test";
    this.engine = options.engine;
  }

  /** Runs `pulumi <args>` with nothing of the caller's environment but what programs need, and what is given. */
  run(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    options: CommandOptions = {},
  ): Promise<CommandResult> {
    const stackArgs = ["--non-interactive", "--color", "never", ...this.stackFlag(args)];
    return runCommand(path.join(this.engine, "pulumi"), [...args, ...stackArgs], {
      cwd: this.options.project,
      timeoutMs: 5 * 60_000,
      signal: this.removed.signal,
      ...options,
      env: { ...this.environment, ...environment },
    });
  }

  /** Goes on with another CLI. */
  useEngine(folder: string): void {
    this.engine = folder;
  }

  async init(): Promise<void> {
    this.makeBackend();
    const result = await this.run(["stack", "init", this.name]);
    if (result.code !== 0) throw new Error(`pulumi stack init failed: ${result.stderr}`);
  }

  /** For who makes the stack itself. */
  makeBackend(): void {
    mkdirSync(path.join(this.folder, "backend"), { recursive: true });
  }

  /** The state as it is recorded, with every secret in the clear. */
  async exportState(): Promise<StackState> {
    const { stdout } = await this.run(["stack", "export", "--show-secrets"]);
    return JSON.parse(stdout) as StackState;
  }

  /** Ends what still runs, and deletes all that Pulumi has kept. */
  remove(): void {
    this.removed.abort();
    // What has been ended just now may still write.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    rmSync(path.join(this.options.project, `Pulumi.${this.name}.yaml`), { force: true });
  }

  private stackFlag(args: readonly string[]): string[] {
    return args[0] === "stack" && args[1] === "init" ? [] : ["--stack", this.name];
  }

  /** What a command needs to find this CLI and this stack's backend, and nothing of the caller's but the PATH. */
  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: `${this.engine}${path.delimiter}${process.env.PATH ?? ""}`,
      // No credentials of this machine's user, and no question to a metadata service outside of it.
      HOME: this.folder,
      TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:9",
      PULUMI_HOME: path.join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(this.folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
      // Warnings of Node.js about its own parts would stand among the lines that tests look at.
      NODE_NO_WARNINGS: "1",
    };
  }
}

export interface StackState {
  readonly deployment: { readonly resources?: readonly ResourceState[] };
}

export interface ResourceState {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly initErrors?: readonly string[];
}
