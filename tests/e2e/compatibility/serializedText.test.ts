import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { fromSetup } from "../support/fromSetup";

/** Prints the text that Pulumi stores as `__provider` for the first resource of a program. */
const printText = (importing: string) => `
  ${importing}
  const found = new Promise((resolve) => {
    pulumi.runtime.setMocks({
      newResource: ({ inputs }) => (resolve(inputs.__provider), { id: "id", state: inputs }),
      call: () => ({}),
    });
  });
  new RedisInstancePassword("cache", { instanceId: "crs-1", password: "first-Passw0rd", region: "ap-guangzhou" });
  void found.then((text) => process.stdout.write(JSON.stringify(text)));
`;

const javaScript = printText(`
  const pulumi = require("@pulumi/pulumi");
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
`);
/** Uses ts-node, like Pulumi. */
const typeScript = printText(`
  import * as pulumi from "@pulumi/pulumi";
  import { RedisInstancePassword } from "pulumi-tencentcloud-redis";
`);

const loading = 'load("pulumi-tencentcloud-redis/handlers")';

describe("the text that is stored with each resource", () => {
  let folder: string;
  let expected: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "serialised-text-"));
    // Outside the folder of the programs, where npm would replace the link below.
    const versions = [22, 24, 26].map(
      (major) => `node${String(major)}@npm:node-${process.platform}-${process.arch}@${String(major)}`,
    );
    execFileSync(
      "npm",
      [
        "install",
        "--prefix",
        path.join(folder, "versions"),
        "--prefer-offline",
        "--no-audit",
        "--no-fund",
        "--force",
        "esbuild@^0.28.2",
        ...versions,
      ],
      {
        stdio: "ignore",
      },
    );
    execFileSync("ln", [
      "-s",
      path.join(fromSetup("E2E_INSTALLED"), "node_modules"),
      path.join(folder, "node_modules"),
    ]);
    writeFileSync(path.join(folder, "program.js"), javaScript);
    writeFileSync(path.join(folder, "program.ts"), typeScript);
    expected = run(process.execPath, ["program.js"]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (node: string, args: string[]) =>
    execFileSync(node, args, { cwd: folder, encoding: "utf8", env: { ...process.env, NODE_NO_WARNINGS: "1" } });
  const findNode = (major: number) =>
    path.join(folder, "versions", "node_modules", `node${String(major)}`, "bin", "node");

  it("loads the handlers by name", () => {
    expect(JSON.parse(expected)).toContain(loading);
  });

  it("does the same if esbuild has bundled the program with this package", () => {
    const bundling = ["program.js", "--bundle", "--platform=node", "--external:@pulumi/pulumi", "--outfile=bundle.js"];
    execFileSync(path.join(folder, "versions/node_modules/.bin/esbuild"), bundling, { cwd: folder, stdio: "ignore" });
    expect(JSON.parse(run(process.execPath, ["bundle.js"]))).toContain(loading);
  });

  it("is the same from a TypeScript program", () => {
    const register =
      "require('@pulumi/pulumi/vendor/ts-node@7.0.1').register({ transpileOnly: true, compilerOptions: { target: 'es2020', module: 'commonjs' } }); require('./program.ts')";
    expect(run(process.execPath, ["-e", register])).toBe(expected);
  });

  it.each([22, 24, 26])("is the same under Node.js %d", (major) => {
    expect(run(findNode(major), ["-p", "process.versions.node"])).toMatch(new RegExp(`^${String(major)}\\.`));
    expect(run(findNode(major), ["program.js"])).toBe(expected);
  });
});
