/** Packs the provider plugin: a folder in build/plugin/, and an archive of it. */
import { createRequire } from "node:module";
import path from "node:path";

import { archivePlugin, bundlePlugin, pluginEntry, pluginName } from "./pluginBundle";
import { root } from "./root";

const { version } = createRequire(__filename)("pulumi-tencentcloud-redis/package.json") as { version: string };
const folder = path.join(root, "build", "plugin", pluginName);
const archive = `${folder}-v${version}.tar.gz`;

async function main(): Promise<void> {
  await bundlePlugin(pluginEntry, folder);
  archivePlugin(folder, archive);
  console.log(path.relative(root, folder));
  console.log(path.relative(root, archive));
}

void main();
