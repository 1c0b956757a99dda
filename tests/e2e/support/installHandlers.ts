import { cpSync } from "node:fs";
import path from "node:path";

import { type Plugin, build } from "esbuild";

import { fromSetup } from "./fromSetup";

const root = path.join(__dirname, "..", "..", "..");
const bundle = path.join("dist", "provider", "engine", "dynamicProvider.js");

/**
 * Builds the handlers of a copy of the installed package again, with one of their modules replaced. The replacement has
 * the same exports as the module, so the compiler detects when it no longer fits.
 *
 * @param module below `provider/`
 * @param replacement below `tests/e2e/support/handlers/`; its own import of the module is the original
 */
export async function installHandlers(packageFolder: string, module: string, replacement: string): Promise<void> {
  const original = path.join(root, "provider", module);
  const file = path.join(__dirname, "handlers", `${replacement}.ts`);
  const replaceModule: Plugin = {
    name: "replace-module",
    setup: (building) =>
      building.onResolve({ filter: /^\./ }, ({ path: imported, resolveDir, importer }) => {
        const isModule = path.join(resolveDir, imported) === original && importer !== file;
        return isModule ? { path: file } : undefined;
      }),
  };
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["provider/engine/dynamicProvider.ts"],
    outfile: path.join(packageFolder, bundle),
    allowOverwrite: true,
    metafile: true,
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    logLevel: "warning",
    plugins: [replaceModule],
  });
  if (!(path.relative(root, file) in metafile.inputs)) throw new Error(`no handler imports provider/${module}`);
}

/** Restores the handlers of the tarball. */
export function restoreHandlers(packageFolder: string): void {
  const installed = path.join(fromSetup("E2E_INSTALLED"), "node_modules", "pulumi-tencentcloud-redis");
  cpSync(path.join(installed, bundle), path.join(packageFolder, bundle));
}
