import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { runCommand } from "../../../tools/command";
import { expectSuccess } from "../support/expectSuccess";
import { shown } from "../support/fixture";
import { fromSetup } from "../support/fromSetup";

const root = path.join(__dirname, "..", "..", "..");

describe("the examples of tests pass, and leave nothing behind", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "e2e-test-support-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Copies an example, with the packed tarball and, from this project, the packages that its tests use. */
  function copyProject(example: string, testPackages: readonly string[]): string {
    const project = path.join(folder, example);
    cpSync(path.join(root, "examples", example), project, { recursive: true });
    const modules = path.join(project, "node_modules");
    const installed = path.join(fromSetup("E2E_INSTALLED"), "node_modules");
    rmSync(modules, { recursive: true, force: true });
    mkdirSync(modules);
    for (const name of readdirSync(installed)) symlinkSync(path.join(installed, name), path.join(modules, name));
    for (const name of testPackages) symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
    return project;
  }

  it.each<[string, string[], string[], RegExp]>([
    ["test-with-jest", ["jest", "ts-jest"], ["node_modules/jest/bin/jest.js"], /^Tests: +2 passed, 2 total$/m],
    ["test-with-node", [], ["--test", "--test-reporter=tap"], /^# pass 2$/m],
  ])("the example %s passes", async (example, testPackages, args, expected) => {
    const project = copyProject(example, testPackages);
    const before = readdirSync(project);
    const temporary = path.join(folder, "temporary");
    mkdirSync(temporary);
    const result = await runCommand(process.execPath, args, {
      cwd: project,
      timeoutMs: 9 * 60_000,
      env: {
        PATH: `${fromSetup("E2E_ENGINE")}${path.delimiter}${process.env.PATH ?? ""}`,
        HOME: folder,
        TMPDIR: temporary,
        PULUMI_HOME: path.join(folder, "home"),
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "1",
        // A developer's own environment, which must not matter.
        TENCENTCLOUD_SECRET_ID: "AKIDdeveloper",
        TENCENTCLOUD_TOKEN: "of-the-developer",
      },
    });
    expectSuccess(result);
    expect(shown(result)).toMatch(expected);
    expect(readdirSync(project)).toEqual(before);
    expect(readdirSync(temporary).filter((name) => name.startsWith("rehearsal-"))).toEqual([]);
  });
});
