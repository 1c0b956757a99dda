import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { type BuildOptions, build } from "esbuild";
import { create } from "tar";

import { protocolModules } from "../provider/engine/plugin/pulumi";
import { root } from "./root";

/** The file name under which Pulumi's engine looks for the plugin. */
export const pluginName = "pulumi-resource-tencentcloud-redis";

/** The compiled plugin, as it is published. */
export const pluginEntry = path.join(root, "dist", "provider", "engine", "plugin", "main.js");

/**
 * Makes a folder with everything that the provider plugin needs except Node.js.
 *
 * The plugin is a single file. The wire protocol is in separate packages beside it, since the plugin loads it from the
 * location of `@pulumi/pulumi`.
 *
 * @param entry the compiled entry of the plugin
 */
export async function bundlePlugin(entry: string, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const executable = path.join(folder, pluginName);
  const files = [
    ...(await bundle(entry, executable)),
    ...(await bundle(fromPulumi.resolve("@grpc/grpc-js"), inPackage(folder, "@grpc/grpc-js", "index.js"))),
    ...(await copyProtocol(folder)),
  ];
  chmodSync(executable, 0o755);
  // Windows starts only files with an extension.
  writeFileSync(`${executable}.cmd`, `@node "%~dp0${pluginName}" %*\r\n`);
  writeManifests(folder);
  writeStarter(folder);
  for (const file of ["LICENSE", "schema.json"]) cpSync(path.join(root, file), path.join(folder, file));
  writeFileSync(path.join(folder, "THIRD-PARTY-LICENSES"), collectLicenses(files));
}

/**
 * Packs such a folder for `pulumi plugin install --file`. The same files always make the same archive.
 *
 * Leaves out the project file, which would make Pulumi run npm in the installed plugin.
 */
export function archivePlugin(folder: string, archive: string): void {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== projectFile)
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  create({ sync: true, gzip: { level: 9 }, portable: true, mtime: archivedAt, cwd: folder, file: archive }, files);
}

/** The time of all files in npm's archives: some programs treat an earlier one as missing. */
const archivedAt = new Date("1985-10-26T08:15:00Z");

/** The file that makes Pulumi treat the folder as a package, as `pulumi package add <folder>` requires. */
const projectFile = "PulumiPlugin.yaml";

const protocolPackages = ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"];

/** Resolves modules like `@pulumi/pulumi`, wherever the package manager installs its dependencies. */
const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));

/** Bundles the plugin, and returns the files that the bundle is made of. */
async function bundle(entry: string, outfile: string): Promise<string[]> {
  return buildFrom({ entryPoints: [entry], outfile, external: ["@pulumi/pulumi"] });
}

/** Copies the modules of the wire protocol that the plugin loads, including their dependencies, and returns them. */
async function copyProtocol(folder: string): Promise<string[]> {
  const entryPoints = Object.values(protocolModules).map((module) => fromPulumi.resolve(module));
  const files = await buildFrom({ entryPoints, outdir: folder, external: ["@grpc/grpc-js"], write: false });
  for (const file of files) {
    const [, name = "", inside = ""] = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(file) ?? [];
    cpSync(file, inPackage(folder, name, inside));
  }
  return files;
}

/** Builds with these options, and returns all input files. */
async function buildFrom(options: BuildOptions): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    target: "node20",
    logLevel: "warning",
    ...options,
    metafile: true,
  });
  return Object.keys(metafile.inputs).map((file) => path.join(root, file));
}

const packageFolder = (name: string): string => path.dirname(fromPulumi.resolve(`${name}/package.json`));

const inPackage = (folder: string, name: string, ...parts: readonly string[]): string =>
  path.join(folder, "node_modules", name, ...parts);

/**
 * Writes the packages' manifests without dependencies, and lists the packages as dependencies of the folder: otherwise
 * `npm install` would remove them.
 */
function writeManifests(folder: string): void {
  const packages = protocolPackages.map((name) => readManifest(packageFolder(name)));
  for (const { name, version, license, main } of packages) {
    // A package that is now one file has another entry.
    const entry = name === "google-protobuf" ? { main } : {};
    writeFile(inPackage(folder, name, "package.json"), toJson({ name, version, license, ...entry }));
  }
  const { version, license } = readManifest(root);
  const dependencies = Object.fromEntries(packages.map((found) => [found.name, found.version]));
  writeFile(
    path.join(folder, "package.json"),
    toJson({ name: pluginName, version, private: true, license, dependencies }),
  );
}

/**
 * Writes the script that Pulumi's host for Node.js runs for a folder with a project file, instead of the one in the
 * full SDK.
 */
function writeStarter(folder: string): void {
  writeFile(path.join(folder, projectFile), "runtime: nodejs\n");
  // Pulumi runs npm there, which has nothing to download.
  writeFile(path.join(folder, ".npmrc"), "audit=false\nfund=false\npackage-lock=false\nupdate-notifier=false\n");
  writeFile(inPackage(folder, "@pulumi/pulumi", "cmd", "run-plugin", "index.js"), starter);
}

const starter = `const path = require("node:path");

// The host passes the plugin's folder before the plugin's own arguments.
const [node, , folder, ...args] = process.argv;
process.argv = [node, path.join(folder, "${pluginName}"), ...args];
require(process.argv[1]);
`;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly main?: string;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;

const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function writeFile(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Returns the licenses of all packages that the files come from, with their texts. */
function collectLicenses(files: readonly string[]): string {
  const folders = files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file) ?? []);
  return [...new Set(folders)].map(describeLicense).sort().join("\n");
}

function describeLicense(folder: string): string {
  const { name, version, license } = readManifest(folder);
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (texts.length === 0) throw new Error(`${name} has no license file`);
  const text = texts.map((file) => readFileSync(path.join(folder, file), "utf8").trim()).join("\n\n");
  const line = "=".repeat(80);
  return `${line}\n${name} ${version}: ${license}\n${line}\n\n${text}\n`;
}
