import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, type Server, createServer } from "node:net";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

import { within } from "./patience";

type Lines = AsyncIterator<string, undefined>;

/** Pulumi's script for dynamic resources, in a process. */
export class ProviderProcess {
  private readonly child;
  private readonly exit: Promise<unknown>;
  private readonly stdout: Lines;
  private readonly stderr: Lines;

  /** @param folder the folder of a Pulumi program, which has `@pulumi/pulumi` in its node_modules */
  static async start(folder: string, env: NodeJS.ProcessEnv): Promise<ProviderProcess> {
    // The provider would end without an engine that listens.
    const engine = createServer((socket) => socket.on("error", () => undefined).resume());
    await once(engine.listen(0, "127.0.0.1"), "listening");
    return new ProviderProcess(folder, env, engine);
  }

  private constructor(
    folder: string,
    env: NodeJS.ProcessEnv,
    private readonly engine: Server,
  ) {
    const main = path.join(folder, "node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js");
    const address = `127.0.0.1:${(engine.address() as AddressInfo).port}`;
    this.child = spawn(process.execPath, [main, address], {
      cwd: folder,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.exit = once(this.child, "exit");
    this.stdout = splitLines(this.child.stdout);
    this.stderr = splitLines(this.child.stderr);
  }

  /** Returns its port: its first line of output. */
  async port(): Promise<string> {
    const { value } = await within(this.stdout.next(), "the dynamic provider's port");
    if (value !== undefined) return value;
    throw new Error(`the dynamic provider has not started:\n${(await linesBefore(this.stderr)).join("\n")}`);
  }

  /** Returns the output of both streams before this line, since the last call. */
  async outputBefore(mark: string): Promise<{ stdout: string[]; stderr: string[] }> {
    const [stdout, stderr] = await Promise.all([linesBefore(this.stdout, mark), linesBefore(this.stderr, mark)]);
    return { stdout, stderr };
  }

  async stop(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exit;
    this.engine.close();
  }
}

const splitLines = (input: Readable): Lines =>
  createInterface({ input })[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;

/** Returns the lines before this one, or all lines up to the end. */
async function linesBefore(lines: Lines, mark?: string): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const { value } = await within(lines.next(), mark ?? "the end of the output");
    if (value === undefined || value === mark) return found;
    found.push(value);
  }
}
