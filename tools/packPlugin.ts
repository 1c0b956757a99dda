/** Packs the provider plugin: a folder in build/plugin/, and an archive of it. */
import { createRequire } from "node:module";
import path from "node:path";

import { archivePlugin, bundlePlugin, pluginName } from "./pluginBundle";
import { root } from "./root";

const { version } = createRequire(__filename)("pulumi-tencentcloud-redis/package.json") as { version: string };
const folder = path.join(root, "build", "plugin", pluginName);
const archive = `${folder}-v${version}.tar.gz`;

async function main(): Promise<void> {
  await bundlePlugin(path.join(root, "dist", "provider", "engine", "plugin", "main.js"), folder);
  archivePlugin(folder, archive);
  console.log(path.relative(root, folder));
  console.log(path.relative(root, archive));
}

void main();
