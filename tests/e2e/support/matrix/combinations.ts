import { readFileSync } from "node:fs";
import path from "node:path";

import { newestVersion } from "../../../../tools/newestEngine";
import type { PackageManager } from "./packageManagers";
import type { ProgramKind } from "./programs";

/** The environment in which a program runs. */
export interface Combination {
  /** The major version of Node.js. */
  readonly node: number;
  readonly packageManager: PackageManager;
  /** The version of @pulumi/pulumi. */
  readonly pulumi: string;
  readonly program: ProgramKind;
  /** The Pulumi CLI. @default the one of all other tests */
  readonly cli?: "newest";
}

const manifest = JSON.parse(readFileSync(path.join(__dirname, "../../../../package.json"), "utf8")) as {
  peerDependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const ordinaryCli = manifest.devDependencies.pulumi ?? "";
const oldest = (manifest.peerDependencies["@pulumi/pulumi"] ?? "").replace("^", "");
const newest = manifest.devDependencies["@pulumi/pulumi"] ?? "";

/**
 * A path through all supported combinations: each step differs from the one before in one or two parts, and continues
 * with its state.
 */
export const combinations: readonly Combination[] = [
  { node: 20, packageManager: "npm", pulumi: oldest, program: "JavaScript, CommonJS" },
  { node: 20, packageManager: "npm", pulumi: newest, program: "JavaScript, CommonJS" },
  { node: 22, packageManager: "npm", pulumi: newest, program: "JavaScript, CommonJS" },
  { node: 24, packageManager: "npm", pulumi: newest, program: "JavaScript, CommonJS" },
  { node: 26, packageManager: "npm", pulumi: newest, program: "JavaScript, CommonJS" },
  { node: 26, packageManager: "npm", pulumi: newest, program: "JavaScript, ESM" },
  { node: 26, packageManager: "npm", pulumi: oldest, program: "JavaScript, ESM" },
  { node: 26, packageManager: "pnpm", pulumi: oldest, program: "JavaScript, ESM" },
  { node: 26, packageManager: "pnpm", pulumi: newest, program: "TypeScript 6.0, ESM" },
  { node: 26, packageManager: "pnpm, hoisted", pulumi: newest, program: "TypeScript 6.0, ESM" },
  { node: 24, packageManager: "pnpm, hoisted", pulumi: newest, program: "TypeScript 5.9, ESM" },
  { node: 24, packageManager: "pnpm, hoisted", pulumi: newest, program: "TypeScript 5.9, CommonJS" },
  { node: 24, packageManager: "Yarn 4", pulumi: newest, program: "TypeScript 5.9, CommonJS" },
  { node: 24, packageManager: "Yarn 4", pulumi: newest, program: "TypeScript 6.0, CommonJS" },
  { node: 22, packageManager: "Yarn 4", pulumi: newest, program: "TypeScript 6.0, CommonJS" },
  { node: 22, packageManager: "Yarn 1", pulumi: newest, program: "TypeScript 6.0, CommonJS" },
  { node: 22, packageManager: "Yarn 1", pulumi: oldest, program: "TypeScript 6.0, CommonJS" },
  { node: 20, packageManager: "Yarn 1", pulumi: oldest, program: "TypeScript 5.9, CommonJS" },
  { node: 20, packageManager: "npm", pulumi: oldest, program: "TypeScript 5.9, CommonJS" },
  { node: 20, packageManager: "npm", pulumi: newest, program: "TypeScript 5.9, CommonJS" },
  { node: 20, packageManager: "npm", pulumi: newest, program: "TypeScript 5.9, ESM" },
  { node: 22, packageManager: "npm", pulumi: newest, program: "esbuild, ESM, packages external" },
  { node: 22, packageManager: "npm", pulumi: newest, program: "esbuild, CommonJS, packages external" },
  { node: 22, packageManager: "npm", pulumi: newest, program: "esbuild, CommonJS, all but @pulumi/pulumi" },
  { node: 24, packageManager: "pnpm", pulumi: oldest, program: "esbuild, CommonJS, all but @pulumi/pulumi" },
  { node: 24, packageManager: "pnpm", pulumi: newest, program: "webpack, minified, all but @pulumi/pulumi" },
  { node: 20, packageManager: "npm", pulumi: newest, program: "webpack, minified, all but @pulumi/pulumi" },
  { node: 20, packageManager: "npm", pulumi: oldest, program: "Rollup, all but @pulumi/pulumi" },
  { cli: "newest", node: 20, packageManager: "npm", pulumi: oldest, program: "JavaScript, CommonJS" },
  { cli: "newest", node: 26, packageManager: "pnpm", pulumi: newest, program: "TypeScript 6.0, ESM" },
  { cli: "newest", node: 26, packageManager: "pnpm", pulumi: newest, program: "JavaScript, by the plugin" },
  { cli: "newest", node: 20, packageManager: "npm", pulumi: oldest, program: "JavaScript, by the plugin" },
];

/** The combinations of `npm test`: as different as possible. */
export const few: readonly Combination[] = [
  { node: 20, packageManager: "npm", pulumi: oldest, program: "JavaScript, CommonJS" },
  { node: 26, packageManager: "pnpm", pulumi: newest, program: "TypeScript 6.0, ESM" },
];

/** Returns a short description of a combination. */
export const title = (combination: Combination): string => {
  const { node, packageManager, pulumi, program } = combination;
  return `Node.js ${node}, ${packageManager}, Pulumi ${cliVersion(combination)}, @pulumi/pulumi ${pulumi}; ${program}`;
};

/** Returns the version of the CLI: for the default one, its minimum. */
export const cliVersion = ({ cli }: Combination): string => (cli === "newest" ? newestVersion : ordinaryCli);
