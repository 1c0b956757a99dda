import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { archivePlugin, bundlePlugin } from "../../tools/pluginBundle";
import { root } from "../support/markdown";

const name = "pulumi-resource-tencentcloud-redis";
const packages = ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"];

let folder: string;
beforeAll(async () => {
  // Outside of this repository, where no node_modules/ could help.
  folder = path.join(mkdtempSync(path.join(tmpdir(), "plugin-")), name);
  await bundlePlugin(path.join(__dirname, "support", "standInPlugin.cjs"), folder);
});
afterAll(() => rmSync(path.dirname(folder), { recursive: true }));

const filesIn = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
const run = (file: string, ...args: string[]): string => execFileSync(file, args, { cwd: tmpdir() }).toString();

it("has the executable, the schema, the licenses and the wire protocol", () => {
  expect(readdirSync(folder).sort()).toEqual([
    ".npmrc",
    "LICENSE",
    "PulumiPlugin.yaml",
    "THIRD-PARTY-LICENSES",
    "node_modules",
    "package.json",
    name,
    `${name}.cmd`,
    "schema.json",
  ]);
  const protocol = filesIn().filter((file) => file.startsWith("node_modules/"));
  expect(protocol.filter((file) => !/\.js$|package\.json$/.test(file))).toEqual([]);
  const folders = protocol.map((file) => /^node_modules\/((?:@\w+\/)?[^/]+)/.exec(file)?.[1]);
  expect([...new Set(folders)].sort()).toEqual(packages);
  // The engine's calls, and not those of programs and language hosts.
  expect(protocol).toContain("node_modules/@pulumi/pulumi/proto/provider_pb.js");
  expect(protocol).not.toContain("node_modules/@pulumi/pulumi/proto/language_pb.js");
});

it("starts by itself, from any folder", () => {
  expect(run(path.join(folder, name), "127.0.0.1:1")).toBe("started with 127.0.0.1:1\n");
});

it("starts where Pulumi's host for Node.js runs it as a project", () => {
  const starter = path.join(folder, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
  expect(run(process.execPath, starter, folder, "--tracing=x", "127.0.0.1:1")).toBe(
    "started with --tracing=x 127.0.0.1:1\n",
  );
});

it("needs no download by npm", () => {
  interface Manifest {
    readonly version: string;
    readonly dependencies?: Readonly<Record<string, string>>;
  }
  const manifest = (file: string) => JSON.parse(read(file)) as Manifest;
  const carried = packages.map((found) => [found, manifest(`node_modules/${found}/package.json`)] as const);
  const versions = Object.fromEntries(carried.map(([found, { version }]) => [found, version]));
  expect(manifest("package.json").dependencies).toEqual(versions);
  expect(carried.flatMap(([, { dependencies = {} }]) => Object.keys(dependencies))).toEqual([]);
});

it("has the license of each package whose code it contains", () => {
  const bundled = [name, "node_modules/@grpc/grpc-js/index.js"].map(read).join("\n");
  const inlined = [...bundled.matchAll(/^ *\/\/ node_modules\/(?:.*\/node_modules\/)?((?:@[^/]+\/)?[^/]+)\//gm)];
  const used = new Set([...packages, ...inlined.map(([, found]) => found)]);
  const licensed = [...read("THIRD-PARTY-LICENSES").matchAll(/^=+\n(\S+) \S+: .+\n=+\n\n\S/gm)];
  expect(used.size).toBeGreaterThan(packages.length);
  expect(licensed.map(([, found]) => found).sort()).toEqual([...used].sort());
});

it("contains no path of the machine that made it", () => {
  expect(filesIn().filter((file) => read(file).includes(root) || read(file).includes(tmpdir() + path.sep))).toEqual([]);
});

it("is an archive of less than 700 KB, which installs without npm", () => {
  const archive = `${folder}.tar.gz`;
  archivePlugin(folder, archive);
  expect(statSync(archive).size).toBeLessThan(700_000);
  const unpacked = path.join(path.dirname(folder), "unpacked");
  execFileSync("sh", ["-c", 'mkdir "$1" && tar -xzf "$0" -C "$1"', archive, unpacked]);
  expect(readdirSync(unpacked).sort()).toEqual(
    readdirSync(folder)
      .filter((file) => file !== "PulumiPlugin.yaml")
      .sort(),
  );
  expect(run(path.join(unpacked, name))).toBe("started with\n");
});

it("makes the same archive of the same files", () => {
  const copy = path.join(path.dirname(folder), "copy");
  cpSync(folder, copy, { recursive: true });
  const archives = [folder, copy].map((from) => {
    archivePlugin(from, `${from}.tar.gz`);
    return readFileSync(`${from}.tar.gz`).toString("base64");
  });
  expect(archives[0] === archives[1]).toBe(true);
});
