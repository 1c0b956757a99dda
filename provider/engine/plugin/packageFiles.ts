import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Returns the version of this package, as a plugin tells it. */
export const packageVersion = (): string =>
  (JSON.parse(readPackageFile("package.json")) as { version: string }).version;

/** Reads a file of this package's root: the folder with `package.json`, however deep this file is. */
export function readPackageFile(name: string): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, "package.json")) && folder !== path.dirname(folder))
    folder = path.dirname(folder);
  return readFileSync(path.join(folder, name), "utf8");
}
