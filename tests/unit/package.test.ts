import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(__dirname, "..", "..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
};

/** The files that are published, as npm itself lists them. npm 12 prints an object by package name, older ones a list. */
function published(): string[] {
  const json = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], { cwd: root, stdio: "pipe" });
  const [packed] = Object.values(JSON.parse(json.toString()) as Record<string, { files: { path: string }[] }>);
  return (packed?.files ?? []).map((file) => file.path);
}

it("what is published is the built provider and the local cloud, and what npm always adds", () => {
  const others = published().filter((file) => !/^dist\/(provider|local-cloud)\/[\w/-]+\.(js|d\.ts)$/.test(file));
  expect(others.sort()).toEqual(["LICENSE", "README.ja.md", "README.md", "README.zh-CN.md", "package.json"]);
}, 60_000);

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

it("the README gives a reason for each dependency, and for no other", () => {
  const [, section = ""] = read("README.md").split("\n## Dependencies\n");
  const [table = ""] = section.split("\n## ");
  const listed = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual(
    [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].sort(),
  );
});
