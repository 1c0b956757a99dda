import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

import type { CommandOptions } from "../../tools/command";
import { pluginName } from "../../tools/pluginBundle";
import { PulumiStack } from "../../tools/pulumiStack";
import type { Installation } from "../results/machine";
import { programSource } from "./programs";
import type { Who } from "../results/results";

/** Makes Pulumi write the state only once, at the end. By default it writes all of it twice per resource. */
export const withoutCheckpoints = { PULUMI_SKIP_CHECKPOINTS: "true" };

/** A stack whose program declares a number of resources, ours or bare ones. */
export class Subject {
  private readonly folder: string;
  private readonly stack: PulumiStack;

  constructor(
    { engine, folder }: Installation,
    readonly who: Who,
    readonly resources: number,
  ) {
    // Below the folder with the installed package, so that Node.js finds it.
    this.folder = mkdtempSync(path.join(folder, "project-"));
    this.stack = new PulumiStack({ engine, project: this.folder });
    this.write("Pulumi.yaml", projectFile(who));
    this.write("package.json", JSON.stringify({ name: "bench", private: true, main: "index.js" }));
    this.write("index.js", programSource(who, resources));
  }

  init(): Promise<void> {
    return this.stack.init();
  }

  /** Runs an `up` that is not measured. */
  async create(environment: NodeJS.ProcessEnv): Promise<void> {
    await this.up({ ...environment, ...withoutCheckpoints });
  }

  preview(environment: NodeJS.ProcessEnv): Promise<number> {
    return this.seconds(["preview"], environment);
  }

  up(environment: NodeJS.ProcessEnv, options: CommandOptions = {}): Promise<number> {
    return this.seconds(["up", "--yes", "--skip-preview", "--parallel", "200"], environment, options);
  }

  /** The state, as `pulumi stack export` writes it. */
  async exportState(): Promise<string> {
    const { code, stdout, stderr } = await this.stack.run(["stack", "export"]);
    if (code !== 0) throw new Error(`pulumi stack export failed: ${stderr}`);
    return stdout;
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
    if (result.code !== 0)
      throw new Error(`pulumi ${args.join(" ")} failed: ${lastPart(result.stdout)}${lastPart(result.stderr)}`);
    return milliseconds / 1000;
  }

  private write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }
}

const projectFile = (who: Who): string =>
  ["name: bench", "runtime: nodejs", ...(who === "plugin" ? pluginSetting : []), ""].join("\n");

const pluginSetting = ["plugins:", "  providers:", "    - name: tencentcloud-redis", `      path: ../${pluginName}`];

/** Returns the end of an output, which contains the error. */
const lastPart = (text: string): string => text.slice(-2000);
