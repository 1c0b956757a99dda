import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { type CommandResult, runCommand } from "../../../../tools/command";
import type { Combination } from "./combinations";
import { findInstallation } from "./packageManagers";
import { type Bundle, findProgram } from "./programs";

/** The versions of a combination. */
export interface Versions {
  readonly node: string;
  readonly packageManager: string;
}

/** The Node.js versions, package managers and bundlers of the combinations, installed as npm packages. */
export class Tools {
  /** The folder of the tools and their files. */
  readonly folder = mkdtempSync(path.join(tmpdir(), "matrix-tools-"));
  private registry = "";

  static async install(combinations: readonly Combination[]): Promise<Tools> {
    const tools = new Tools();
    const packages = new Set(combinations.flatMap(listPackages));
    await tools.npm(["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", ...packages]);
    const { stdout } = await tools.npm(["config", "get", "registry"]);
    tools.registry = stdout.trim();
    return tools;
  }

  /** Returns the folder that contains `node`. */
  nodeFolder(major: number): string {
    return path.join(this.folder, "node_modules", `node${major}`, "bin");
  }

  /** Returns the versions of Node.js and of the package manager. */
  async versionsOf({ node, packageManager }: Combination): Promise<Versions> {
    const { package: name } = findInstallation(packageManager);
    const ofNpm = async () => (await this.npm(["--version"])).stdout.trim();
    return {
      node: this.versionOf(`node${node}`),
      packageManager: name === undefined ? await ofNpm() : this.versionOf(formatAlias(name)),
    };
  }

  /** Installs the dependencies in a project's package.json. */
  async installProject(project: string, { node, packageManager }: Combination): Promise<void> {
    const { package: name, program = "", args } = findInstallation(packageManager);
    const searchPath = { PATH: [this.nodeFolder(node), process.env.PATH].join(path.delimiter) };
    if (name === undefined) {
      await succeed("npm", args, project, searchPath);
      return;
    }
    const command = path.join(this.folder, "node_modules", formatAlias(name), program);
    await succeed(path.join(this.nodeFolder(node), "node"), [command, ...args], project, {
      ...searchPath,
      // Contains its caches.
      HOME: this.folder,
      npm_config_registry: this.registry,
      YARN_NPM_REGISTRY_SERVER: this.registry,
    });
  }

  async bundle(project: string, { program, args }: Bundle): Promise<void> {
    // Where Rollup looks for its plugins.
    const plugins = { NODE_PATH: path.join(this.folder, "node_modules") };
    await succeed(path.join(this.folder, "node_modules", ".bin", program), args, project, plugins);
  }

  /** Packs a package, and returns the tarball. */
  async pack(folder: string): Promise<string> {
    await succeed("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], folder);
    const name = readdirSync(folder).find((file) => file.endsWith(".tgz"));
    return path.join(folder, name ?? "");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private versionOf(name: string): string {
    const manifest = readFileSync(path.join(this.folder, "node_modules", name, "package.json"), "utf8");
    return (JSON.parse(manifest) as { version: string }).version;
  }

  private npm(args: readonly string[]): Promise<CommandResult> {
    return succeed("npm", [...args, "--prefix", this.folder], this.folder);
  }
}

function listPackages({ node, packageManager, program }: Combination): string[] {
  const { package: manager } = findInstallation(packageManager);
  return [
    `node${node}@npm:node-${process.platform}-${process.arch}@${node}`,
    ...(manager === undefined ? [] : [`${formatAlias(manager)}@npm:${manager}`]),
    ...(findProgram(program).bundle?.packages ?? []),
  ];
}

/** Two versions of Yarn are two packages, whose programs have the same name. */
const formatAlias = (name: string): string => name.replace(/[^a-z\d]/g, "");

/** Runs a command, and throws with its whole output if it fails. */
async function succeed(
  command: string,
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  const env = { ...process.env, ...environment };
  const result = await runCommand(command, args, { cwd: folder, env, timeoutMs: 5 * 60_000 });
  if (result.code === 0) return result;
  throw new Error(`${[command, ...args].join(" ")} has failed:\n${result.stdout}${result.stderr}`);
}
