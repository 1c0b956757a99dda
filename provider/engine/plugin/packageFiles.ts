import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Returns the version of this package, which is the plugin's version. */
export const packageVersion = (): string =>
  (JSON.parse(readPackageFile("package.json")) as { version: string }).version;

/** Reads a file in this package's root (the folder with `package.json`), however deep the calling module is. */
export function readPackageFile(name: string): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, "package.json")) && folder !== path.dirname(folder))
    folder = path.dirname(folder);
  return readFileSync(path.join(folder, name), "utf8");
}
