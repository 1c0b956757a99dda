import { cacheArgs } from "../fixture";

/** A program that declares one resource, and tells which Node.js runs it. */
interface Program {
  readonly files: Readonly<Record<string, string>>;
  /** What package.json says of it. */
  readonly manifest: { readonly main: string; readonly type?: "module" };
  readonly dependencies?: Readonly<Record<string, string>>;
  /** How esbuild makes the entry point, where it does. */
  readonly bundle?: readonly string[];
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
const typed = `
  import type * as pulumi from "@pulumi/pulumi";
  import { RedisInstancePassword } from "pulumi-tencentcloud-redis";
  ${declaration}
  export const taskId: pulumi.Output<number | undefined> = cache.taskId;
`;

const programs = {
  "JavaScript, CommonJS": { files: { "index.js": commonJs }, manifest: { main: "index.js" } },
  "JavaScript, ESM": { files: { "index.js": esModule }, manifest: { main: "index.js", type: "module" } },
  "TypeScript 5.9, CommonJS": typeScript("~5.9.0"),
  "TypeScript 6.0, CommonJS": typeScript("~6.0.0"),
  "TypeScript 5.9, ESM": typeScriptEsm("~5.9.0"),
  "TypeScript 6.0, ESM": typeScriptEsm("~6.0.0"),
  "esbuild, CommonJS, all but @pulumi/pulumi": bundled(["--format=cjs", "--external:@pulumi/pulumi"]),
  "esbuild, CommonJS, packages external": bundled(["--format=cjs", "--packages=external"]),
  "esbuild, ESM, packages external": bundled(["--format=esm", "--packages=external"], "module"),
} satisfies Record<string, Program>;

export type ProgramKind = keyof typeof programs;

export const programOf = (kind: ProgramKind): Program => programs[kind];

/** As `pulumi new typescript` begins one. */
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

/** Pulumi's own ts-node knows CommonJS only: a newer one is the program's to install. */
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
    bundle: ["main.ts", "--bundle", "--platform=node", "--outfile=index.js", "--log-level=warning", ...options],
  };
}
