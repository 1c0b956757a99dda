import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

import { type BuildOptions, build } from "esbuild";

import { root } from "./root";

/** The name by which Pulumi's engine looks for the plugin. */
export const pluginName = "pulumi-resource-tencentcloud-redis";

/** The compiled plugin, as it is published. */
export const pluginEntry = path.join(root, "dist", "provider", "engine", "plugin", "main.js");

/**
 * Makes a folder with everything that the provider plugin needs except Node.js.
 *
 * The plugin is one file. Beside it is the wire protocol, in packages, since the plugin loads it from where `@pulumi/pulumi` is.
 *
 * @param entry the compiled entry of the plugin
 */
export async function bundlePlugin(entry: string, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const executable = path.join(folder, pluginName);
  const files = [
    ...(await bundle(entry, executable)),
    ...(await bundle(fromPulumi.resolve("@grpc/grpc-js"), inPackage(folder, "@grpc/grpc-js", "index.js"))),
    ...copyModules(folder, "@pulumi/pulumi", "proto"),
    ...copyModules(folder, "google-protobuf", "", "google/protobuf"),
  ];
  chmodSync(executable, 0o755);
  // Windows starts no file without an extension.
  writeFileSync(`${executable}.cmd`, `@node "%~dp0${pluginName}" %*\r\n`);
  writeManifests(folder);
  writeStarter(folder);
  for (const file of ["LICENSE", "schema.json"]) cpSync(path.join(root, file), path.join(folder, file));
  writeFileSync(path.join(folder, "THIRD-PARTY-LICENSES"), collectLicenses(files));
}

/**
 * Packs such a folder for `pulumi plugin install --file`.
 *
 * Without the project file, which would make Pulumi run npm in the installed plugin.
 */
export function archivePlugin(folder: string, archive: string): void {
  execFileSync("tar", ["-czf", archive, `--exclude=./${projectFile}`, "-C", folder, "."]);
}

/** Makes Pulumi take the folder for a package, which `pulumi package add <folder>` needs. */
const projectFile = "PulumiPlugin.yaml";

const protocolPackages = ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"];

/** As `@pulumi/pulumi` sees its dependencies, wherever the package manager keeps them. */
const fromPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));

/** Returns the files that the bundle is made of. */
async function bundle(entry: string, outfile: string): Promise<string[]> {
  const options = {
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    external: ["@pulumi/pulumi"],
    metafile: true,
    logLevel: "warning",
  } as const satisfies BuildOptions;
  const { metafile } = await build(options);
  return Object.keys(metafile.inputs).map((file) => path.join(root, file));
}

/** Copies the modules in some folders of a package, and returns them. */
function copyModules(folder: string, name: string, ...subfolders: readonly string[]): string[] {
  return subfolders.flatMap((subfolder) => {
    const from = path.join(packageFolder(name), subfolder);
    const modules = readdirSync(from).filter((file) => file.endsWith(".js"));
    for (const file of modules) cpSync(path.join(from, file), inPackage(folder, name, subfolder, file));
    return modules.map((file) => path.join(from, file));
  });
}

const packageFolder = (name: string): string => path.dirname(fromPulumi.resolve(`${name}/package.json`));

const inPackage = (folder: string, name: string, ...parts: readonly string[]): string =>
  path.join(folder, "node_modules", name, ...parts);

/** The packages have no dependencies here, and are dependencies themselves: else `npm install` would remove them. */
function writeManifests(folder: string): void {
  const packages = protocolPackages.map((name) => readManifest(packageFolder(name)));
  for (const { name, version, license, main } of packages) {
    // What is one file now has another entry.
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

/** What Pulumi's host for Node.js runs for a folder with a project file, in place of the one in the whole SDK. */
function writeStarter(folder: string): void {
  writeFile(path.join(folder, projectFile), "runtime: nodejs\n");
  // Pulumi runs npm there, which has nothing to fetch.
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

/** Returns the licenses of all packages that files come from, each with its text. */
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
