/**
 * Makes dist/, which is published, from the compiler's output in build/. It has few files, so that an installation has
 * less to unpack, and the provider's process opens fewer files at each start.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";

import { CompilerState, Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { build } from "esbuild";
import ts from "typescript";

const root = path.join(import.meta.dirname, "..");
const built = (name) => path.join(root, "build", "provider", `${name}.js`);
const shipped = (name) => path.join(root, "dist", "provider", `${name}.js`);

for (const folder of ["build", "dist"]) rmSync(path.join(root, folder), { recursive: true, force: true });
compile();
copyProgramSide();
await Promise.all([
  bundleFrontEnds("dynamicProvider", "plugin/main"),
  bundle("local-cloud/index"),
  bundle("local-cloud/main", { external: ["./index"] }),
]);
declare("provider", "local-cloud");

function compile() {
  const compiler = path.join(root, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
}

/**
 * Copies the program's side without comments: the declarations contain those that are for users. The stub is kept as
 * the compiler prints it: Pulumi stores the text of one of its functions, which another printer would change.
 */
function copyProgramSide() {
  for (const name of ["index", "program/redisInstancePassword", "program/claims", "resource/settings/settingNames"]) {
    const { outputText } = ts.transpileModule(readFileSync(built(name), "utf8"), {
      compilerOptions: { removeComments: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    });
    mkdirSync(path.dirname(shipped(name)), { recursive: true });
    writeFileSync(shipped(name), outputText);
  }
  cpSync(built("program/providerStub"), shipped("program/providerStub"));
}

/** Bundles one file per front end, and one with the code that they share: the resource, with the client below it. */
async function bundleFrontEnds(...frontEnds) {
  const shared = new Set();
  for (const frontEnd of frontEnds) {
    const sharedFile = frontEnd.includes("/") ? "../resource.js" : "./resource.js";
    const plugin = {
      name: "resource",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^[./]+\/resource\/[\w/]+$/ }, ({ path: name, resolveDir }) => {
          shared.add(path.resolve(resolveDir, name));
          return { path: sharedFile, external: true };
        }),
    };
    await bundle(`provider/engine/${frontEnd}`, { plugins: [plugin] });
  }
  const contents = [...shared].sort().map((module) => `export * from ${JSON.stringify(module)};`);
  const stdin = { contents: contents.join("\n"), resolveDir: root };
  await bundle("provider/engine/resource", { entryPoints: undefined, stdin });
}

/** Bundles a module and everything that it imports, except other packages, into one readable file. */
function bundle(module, options = {}) {
  return build({
    absWorkingDir: root,
    entryPoints: [`${module}.ts`],
    outfile: `dist/${module}.js`,
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
    ...options,
  });
}

/** Bundles the declarations of each entry that programs import, and writes a report of it for tools/generate.mjs. */
function declare(...areas) {
  const configs = areas.map(declarationsOf);
  const additionalEntryPoints = configs.map((config) => config.mainEntryPointFilePath);
  const compilerState = CompilerState.create(configs[0], { additionalEntryPoints });
  for (const config of configs) {
    const { succeeded } = Extractor.invoke(config, { localBuild: true, compilerState, messageCallback });
    if (!succeeded) process.exitCode = 1;
  }
}

function declarationsOf(area) {
  const reports = "<projectFolder>/build/api";
  return ExtractorConfig.prepare({
    packageJsonFullPath: path.join(root, "package.json"),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: `<projectFolder>/build/${area}/index.d.ts`,
      compiler: { tsconfigFilePath: "<projectFolder>/tsconfig.build.json" },
      dtsRollup: { enabled: true, untrimmedFilePath: `<projectFolder>/dist/${area}/index.d.ts` },
      apiReport: { enabled: true, reportFileName: area, reportFolder: reports, reportTempFolder: reports },
      newlineKind: "lf",
      messages: {
        compilerMessageReporting: { default: { logLevel: "error" } },
        extractorMessageReporting: {
          default: { logLevel: "error" },
          // All exports are public, and not every one needs a comment.
          "ae-missing-release-tag": { logLevel: "none" },
          "ae-undocumented": { logLevel: "none" },
        },
      },
    },
  });
}

/** Suppresses all messages that are not errors. */
function messageCallback(message) {
  if (message.category === "console" && message.logLevel !== "error") message.logLevel = "none";
}
