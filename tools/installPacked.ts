import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";

import { root } from "./root";

/** Packs the built package, and installs the tarball in a folder, as a user would. */
export function installPacked(folder: string): void {
  // Without the scripts: a new build would replace files that other tests are using.
  const packed = execFileSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
  });
  const tarball = tarballName(packed.toString());
  const dependencies = {
    "@pulumi/pulumi": "3.270.0",
    "@types/node": "^20.19.0",
    "pulumi-tencentcloud-redis": `file:${tarball}`,
    typescript: "~6.0.3",
  };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "installed", private: true, dependencies }));
  execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** npm 12 prints an object by package name where older ones print a list. */
function tarballName(json: string): string {
  const [packed] = Object.values(JSON.parse(json) as Record<string, { filename: string }>);
  if (!packed) throw new Error("npm pack has packed nothing");
  return packed.filename;
}
