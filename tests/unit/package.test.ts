import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..", "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};

interface Tarball {
  /** In bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

/** Returns the published files, as npm lists them. npm 12 prints an object by package name, older versions a list. */
function pack(): Tarball {
  const json = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: root, stdio: "pipe" });
  const [tarball] = Object.values(JSON.parse(json.toString()) as Record<string, Tarball>);
  if (!tarball) throw new Error("npm pack would pack nothing");
  return tarball;
}

describe("what is published", () => {
  let tarball: Tarball;
  beforeAll(() => {
    tarball = pack();
  });

  it("is the built provider and the local cloud, and what npm always adds", () => {
    expect(tarball.files.map((file) => file.path).sort()).toEqual([
      "LICENSE",
      "README.md",
      "dist/local-cloud/index.d.ts",
      "dist/local-cloud/index.js",
      "dist/local-cloud/main.js",
      "dist/provider/engine/dynamicProvider.js",
      "dist/provider/engine/plugin/main.js",
      "dist/provider/engine/resource.js",
      "dist/provider/index.d.ts",
      "dist/provider/index.js",
      "dist/provider/program/claims.js",
      "dist/provider/program/providerStub.js",
      "dist/provider/program/redisInstancePassword.js",
      "dist/provider/resource/settings/settingNames.js",
      "package.json",
      "schema.json",
    ]);
  });

  it("is less than 116 KB", () => {
    expect(tarball.size).toBeLessThan(116_000);
  });

  it("names no missing file, such as a source map", () => {
    const code = tarball.files.filter((file) => /\.(js|ts)$/.test(file.path));
    expect(code.filter((file) => read(file.path).includes("sourceMappingURL"))).toEqual([]);
  });
});

it("nothing runs when the package is installed", () => {
  const atInstall = ["preinstall", "install", "postinstall", "prepare", "preuninstall", "postuninstall"];
  expect(Object.keys(manifest.scripts).filter((name) => atInstall.includes(name))).toEqual([]);
});

it("nothing runs when its dependencies are installed, nor theirs", () => {
  interface Locked {
    readonly dependencies?: Record<string, string>;
    readonly hasInstallScript?: boolean;
  }
  const { packages } = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
  const names = new Set<string>();
  const collect = (dependencies: Record<string, string> = {}): void => {
    for (const name of Object.keys(dependencies)) {
      if (names.has(name)) continue;
      names.add(name);
      collect(packages[`node_modules/${name}`]?.dependencies);
    }
  };
  collect(manifest.dependencies);
  expect([...names].filter((name) => packages[`node_modules/${name}`]?.hasInstallScript)).toEqual([]);
});
