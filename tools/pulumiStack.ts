import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { type CommandOptions, type CommandResult, runCommand } from "./command";

/** The passphrase that encrypts each stack's secrets. */
export const passphrase = "passphrase";

export interface PulumiStackOptions {
  /** The folder of the Pulumi CLI. */
  readonly engine: string;
  /** The folder of the Pulumi project. */
  readonly project: string;
  /** The stack's name. @default "test" */
  readonly name?: string;
}

/** A stack of a project on its own local backend, invisible to the rest of the machine. */
export class PulumiStack {
  /** The folder for all of Pulumi's files: the state, the settings, the stack's config. */
  readonly folder = mkdtempSync(path.join(tmpdir(), "pulumi-stack-"));
  private readonly name: string;
  private readonly removed = new AbortController();
  private engine: string;

  constructor(private readonly options: PulumiStackOptions) {
    this.name = options.name ?? "test";
    this.engine = options.engine;
  }

  /** Runs `pulumi <args>` with the given environment variables, and of the caller's only those that programs need. */
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

  /** Switches to another CLI. */
  useEngine(folder: string): void {
    this.engine = folder;
  }

  async init(): Promise<void> {
    this.makeBackend();
    const result = await this.run(["stack", "init", this.name]);
    if (result.code !== 0) throw new Error(`pulumi stack init failed: ${result.stderr}`);
  }

  /** For callers that create the stack themselves. */
  makeBackend(): void {
    mkdirSync(path.join(this.folder, "backend"), { recursive: true });
  }

  /** Returns the recorded state, with every secret in plain text. */
  async exportState(): Promise<StackState> {
    const { stdout } = await this.run(["stack", "export", "--show-secrets"]);
    return JSON.parse(stdout) as StackState;
  }

  /** Ends all processes that are still running, and deletes all of Pulumi's files. */
  remove(): void {
    this.removed.abort();
    // A process that was just ended may still write files.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    rmSync(path.join(this.options.project, `Pulumi.${this.name}.yaml`), { force: true });
  }

  private stackFlag(args: readonly string[]): string[] {
    return args[0] === "stack" && args[1] === "init" ? [] : ["--stack", this.name];
  }

  /**
   * The variables that a command needs to find this CLI and this stack's backend, and of the caller's only the PATH.
   */
  get environment(): NodeJS.ProcessEnv {
    return {
      PATH: `${this.engine}${path.delimiter}${process.env.PATH ?? ""}`,
      // Without this machine's credentials, and without requests to a metadata service.
      HOME: this.folder,
      TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:9",
      PULUMI_HOME: path.join(this.folder, "home"),
      PULUMI_BACKEND_URL: `file://${path.join(this.folder, "backend")}`,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
      // Node.js's own warnings would be mixed with the lines that tests compare.
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
