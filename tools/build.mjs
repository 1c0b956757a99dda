/**
 * Makes dist/, which is published, out of what the compiler leaves in build/. Few files: an installation has less to
 * unpack, and the provider's process less to open at each start.
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
 * Without comments: the declarations have those that are for users. But the stub is as the compiler prints it: Pulumi stores
 * the text of a function of it, which another printer would change.
 */
function copyProgramSide() {
  for (const name of ["index", "program/redisInstancePassword", "program/claims", "resource/settingNames"]) {
    const { outputText } = ts.transpileModule(readFileSync(built(name), "utf8"), {
      compilerOptions: { removeComments: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    });
    mkdirSync(path.dirname(shipped(name)), { recursive: true });
    writeFileSync(shipped(name), outputText);
  }
  cpSync(built("program/providerStub"), shipped("program/providerStub"));
}

/** One file for each front end, and one with what they share: the resource, with the client below it. */
async function bundleFrontEnds(...frontEnds) {
  const shared = new Set();
  for (const frontEnd of frontEnds) {
    const sharedFile = frontEnd.includes("/") ? "../resource.js" : "./resource.js";
    const plugin = {
      name: "resource",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^[./]+\/resource\/\w+$/ }, ({ path: name, resolveDir }) => {
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

/** One readable file out of a module and all that it imports, but for other packages. */
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

/** One file of declarations for each entry that programs import, and a report of it for tools/generate.mjs. */
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
          // All that is exported is public, and named well enough to need no comment everywhere.
          "ae-missing-release-tag": { logLevel: "none" },
          "ae-undocumented": { logLevel: "none" },
        },
      },
    },
  });
}

/** What is no error is no news. */
function messageCallback(message) {
  if (message.category === "console" && message.logLevel !== "error") message.logLevel = "none";
}
