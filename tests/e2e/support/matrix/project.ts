import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

import { ensureNewestPulumi } from "../../../../tools/newestEngine";
import { randomPassword } from "../canaries";
import { Fixture, shown } from "../fixture";
import { fromSetup } from "../fromSetup";
import { makeNextVersion } from "../nextVersion";
import type { Combination } from "./combinations";
import { findInstallation } from "./packageManagers";
import { findProgram } from "./programs";
import { Tools, type Versions } from "./tools";

/** A user's project that moves from one combination to the next, and keeps its stack. */
export class MatrixProject {
  private password = "";

  private constructor(
    private readonly fixture: Fixture,
    private readonly tools: Tools,
    private readonly packed: { readonly current: string; readonly next: string },
    private readonly engines: { readonly ordinary: string; readonly newest: string },
  ) {}

  static async create(combinations: readonly Combination[]): Promise<MatrixProject> {
    const fixture = await Fixture.create("");
    const tools = await Tools.install(combinations);
    const ordinary = fromSetup("E2E_ENGINE");
    const newest = combinations.some(({ cli }) => cli === "newest") ? await ensureNewestPulumi(ordinary) : "";
    const packed = { current: currentTarball(), next: await nextTarball(tools) };
    return new MatrixProject(fixture, tools, packed, { ordinary, newest });
  }

  /** Moves to a combination, with the current package. */
  async moveTo(combination: Combination): Promise<void> {
    const kept = ["Pulumi.yaml", "Pulumi.test.yaml"];
    const { folder } = this.fixture;
    for (const name of readdirSync(folder)) {
      if (!kept.includes(name)) rmSync(path.join(folder, name), { recursive: true });
    }
    this.fixture.stack.useEngine(this.engineFor(combination));
    await this.install(combination, this.packed.current);
  }

  /** Upgrades the package, as a user does. */
  async upgrade(combination: Combination): Promise<void> {
    await this.install(combination, this.packed.next);
    const manifest = path.join(this.fixture.folder, "node_modules/pulumi-tencentcloud-redis/package.json");
    expect(readFileSync(manifest, "utf8")).toContain('"version": "0.2.0"');
  }

  /** Returns the versions of a combination. */
  versionsOf(combination: Combination): Promise<Versions> {
    return this.tools.versionsOf(combination);
  }

  /** Whether there is a state from an earlier combination. */
  get isBegun(): boolean {
    return this.password !== "";
  }

  /** Expects that a preview shows no change to the existing state. */
  async expectUnchanged(combination: Combination): Promise<void> {
    const preview = await this.fixture.preview(this.password, this.environment(combination), ["--expect-no-changes"]);
    expect(shown(preview)).toMatch(/2 unchanged/);
    expect(shown(preview)).toContain(`Node.js v${combination.node}.`);
    expect(preview.code).toBe(0);
  }

  /** Expects that an up with another password resets it once. */
  async expectReset(combination: Combination, args: readonly string[] = []): Promise<void> {
    const { resets } = this.fixture;
    const password = randomPassword();
    const up = await this.fixture.up(password, this.environment(combination), args);
    if (up.code !== 0) throw new Error(`the up has failed: ${shown(up)}`);
    this.password = password;
    expect(await this.fixture.auth(password)).toBe(true);
    expect(this.fixture.resets).toBe(resets + 1);
  }

  /** Expects the same from a replacement after a refresh, which a reset of a known resource does not cover. */
  async expectReplaced(combination: Combination): Promise<void> {
    const { urn } = await this.fixture.cache();
    return this.expectReset(combination, ["--refresh", "--replace", urn]);
  }

  async dispose(): Promise<void> {
    this.tools.remove();
    await this.fixture.dispose();
  }

  private async install(combination: Combination, tarball: string): Promise<void> {
    const { fixture, tools } = this;
    const { files, manifest, dependencies, bundle } = findProgram(combination.program);
    const { files: settings } = findInstallation(combination.packageManager);
    for (const [name, text] of Object.entries({ ...files, ...settings })) fixture.write(name, text);
    fixture.write(
      "package.json",
      JSON.stringify({
        ...manifest,
        name: "e2e",
        private: true,
        dependencies: {
          ...dependencies,
          "@pulumi/pulumi": combination.pulumi,
          "pulumi-tencentcloud-redis": `file:${tarball}`,
        },
      }),
    );
    await tools.installProject(fixture.folder, combination);
    if (bundle) await tools.bundle(fixture.folder, bundle);
  }

  private engineFor({ cli }: Combination): string {
    return this.engines[cli ?? "ordinary"];
  }

  private environment(combination: Combination): NodeJS.ProcessEnv {
    const searchPath = [this.tools.nodeFolder(combination.node), this.engineFor(combination), process.env.PATH];
    return { PATH: searchPath.join(path.delimiter) };
  }
}

function currentTarball(): string {
  const folder = fromSetup("E2E_INSTALLED");
  const name = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (name === undefined) throw new Error(`no tarball is in ${folder}`);
  return path.join(folder, name);
}

async function nextTarball(tools: Tools): Promise<string> {
  const folder = mkdtempSync(path.join(tools.folder, "next-"));
  const installed = path.join(fromSetup("E2E_INSTALLED"), "node_modules", "pulumi-tencentcloud-redis");
  cpSync(installed, folder, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
  makeNextVersion(folder);
  return tools.pack(folder);
}
