import { classForPlugin, projectFile } from "../plugin";
import { cacheArgs } from "../fixture";

/** A program that declares one resource, and prints the version of Node.js. */
interface Program {
  readonly files: Readonly<Record<string, string>>;
  /** Its fields in package.json. */
  readonly manifest: { readonly main: string; readonly type?: "module" };
  readonly dependencies?: Readonly<Record<string, string>>;
  /** The bundler that creates the entry point, if any. */
  readonly bundle?: Bundle;
}

/** A bundler's npm packages, its executable, and its arguments. */
export interface Bundle {
  readonly packages: readonly string[];
  readonly program: string;
  readonly args: readonly string[];
}

const declaration = `
  const cache = new RedisInstancePassword("cache", {
    ...${JSON.stringify(cacheArgs)},
    password: process.env.REDIS_PASSWORD ?? "",
  });
  console.log("Node.js " + process.version);
`;
const commonJs = `
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  ${declaration}
  exports.taskId = cache.taskId;
`;
const esModule = `
  import { RedisInstancePassword } from "pulumi-tencentcloud-redis";
  ${declaration}
  export const taskId = cache.taskId;
`;
const byPlugin = `
  const pulumi = require("@pulumi/pulumi");
  ${classForPlugin}
  ${declaration}
  exports.taskId = cache.taskId;
`;
const typed = `
  import type * as pulumi from "@pulumi/pulumi";
  import { RedisInstancePassword } from "pulumi-tencentcloud-redis";
  ${declaration}
  export const taskId: pulumi.Output<number | undefined> = cache.taskId;
`;

const programs = {
  "JavaScript, CommonJS": { files: { "index.js": commonJs }, manifest: { main: "index.js" } },
  "JavaScript, ESM": { files: { "index.js": esModule }, manifest: { main: "index.js", type: "module" } },
  "JavaScript, by the plugin": {
    files: { "index.js": byPlugin, "Pulumi.yaml": projectFile("plugin") },
    manifest: { main: "index.js" },
  },
  "TypeScript 5.9, CommonJS": typeScript("~5.9.0"),
  "TypeScript 6.0, CommonJS": typeScript("~6.0.0"),
  "TypeScript 5.9, ESM": typeScriptEsm("~5.9.0"),
  "TypeScript 6.0, ESM": typeScriptEsm("~6.0.0"),
  "esbuild, CommonJS, all but @pulumi/pulumi": bundled(["--format=cjs", "--external:@pulumi/pulumi"]),
  "esbuild, CommonJS, packages external": bundled(["--format=cjs", "--packages=external"]),
  "esbuild, ESM, packages external": bundled(["--format=esm", "--packages=external"], "module"),
  "webpack, minified, all but @pulumi/pulumi": webpack(),
  "Rollup, all but @pulumi/pulumi": rollup(),
} satisfies Record<string, Program>;

export type ProgramKind = keyof typeof programs;

export const findProgram = (kind: ProgramKind): Program => programs[kind];

/** The template of `pulumi new typescript`. */
function typeScript(version: string): Program {
  const compilerOptions = {
    strict: true,
    target: "es2020",
    module: "nodenext",
    moduleResolution: "nodenext",
    types: ["node"],
  };
  return {
    files: { "index.ts": typed, "tsconfig.json": JSON.stringify({ compilerOptions }) },
    manifest: { main: "index.ts" },
    dependencies: { typescript: version, "@types/node": "^20.19.0" },
  };
}

/** Pulumi's own ts-node supports CommonJS only: the program has to install a newer one. */
function typeScriptEsm(version: string): Program {
  const { files, manifest, dependencies } = typeScript(version);
  return {
    files,
    manifest: { ...manifest, type: "module" },
    dependencies: { ...dependencies, "ts-node": "^10.9.2" },
  };
}

function bundled(options: readonly string[], type?: "module"): Program {
  return {
    files: { "main.ts": typed },
    manifest: { main: "index.js", ...(type && { type }) },
    bundle: {
      packages: ["esbuild@^0.28.2"],
      program: "esbuild",
      args: ["main.ts", "--bundle", "--platform=node", "--outfile=index.js", "--log-level=warning", ...options],
    },
  };
}

function webpack(): Program {
  const config = `module.exports = {
    mode: "production",
    target: "node20",
    entry: "./main.js",
    externals: { "@pulumi/pulumi": "commonjs @pulumi/pulumi" },
    output: { path: __dirname, filename: "index.js", library: { type: "commonjs2" } },
  };`;
  return {
    files: { "main.js": commonJs, "webpack.config.js": config },
    manifest: { main: "index.js" },
    bundle: { packages: ["webpack@5", "webpack-cli@6"], program: "webpack", args: [] },
  };
}

function rollup(): Program {
  const plugins = ["@rollup/plugin-node-resolve", "@rollup/plugin-commonjs"];
  return {
    files: { "main.mjs": esModule },
    manifest: { main: "index.js" },
    bundle: {
      packages: ["rollup@4", ...plugins],
      program: "rollup",
      args: [
        ...["main.mjs", "--file", "index.js", "--format", "cjs", "--external", "@pulumi/pulumi", "--failAfterWarnings"],
        ...plugins.flatMap((plugin) => ["--plugin", plugin]),
      ],
    },
  };
}
