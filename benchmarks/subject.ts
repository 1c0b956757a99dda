import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { CommandOptions } from "../tools/command";
import { PulumiStack } from "../tools/pulumiStack";
import type { Place } from "./place";
import { programOf } from "./programs";
import type { Who } from "./results";

/** A stack whose program has so many resources, ours or bare ones. */
export class Subject {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "bench-project-"));
  private readonly stack: PulumiStack;

  constructor(
    { engine, installed }: Place,
    readonly who: Who,
    readonly resources: number,
  ) {
    this.stack = new PulumiStack({ engine, project: this.folder });
    this.write("Pulumi.yaml", "name: bench\nruntime: nodejs\n");
    this.write("package.json", JSON.stringify({ name: "bench", private: true, main: "index.js" }));
    this.write("index.js", programOf(who, resources));
    symlinkSync(path.join(installed, "node_modules"), path.join(this.folder, "node_modules"));
  }

  init(): Promise<void> {
    return this.stack.init();
  }

  preview(environment: NodeJS.ProcessEnv): Promise<number> {
    return this.seconds(["preview"], environment);
  }

  up(environment: NodeJS.ProcessEnv, options: CommandOptions = {}): Promise<number> {
    return this.seconds(["up", "--yes", "--skip-preview", "--parallel", "200"], environment, options);
  }

  /** How long the state is, as `pulumi stack export` writes it. */
  async stateBytes(): Promise<number> {
    const { code, stdout, stderr } = await this.stack.run(["stack", "export"]);
    if (code !== 0) throw new Error(`pulumi stack export has failed: ${stderr}`);
    return Buffer.byteLength(stdout);
  }

  remove(): void {
    this.stack.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async seconds(
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
    options: CommandOptions = {},
  ): Promise<number> {
    const begin = performance.now();
    const result = await this.stack.run([...args, "--suppress-progress"], environment, options);
    const milliseconds = performance.now() - begin;
    if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} has failed: ${result.stdout}${result.stderr}`);
    return milliseconds / 1000;
  }

  private write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }
}
