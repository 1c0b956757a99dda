import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { installPacked } from "../../../tools/installPacked";
import { ensurePulumi } from "../../../tools/pulumiEngine";
import { ensureRedisServer } from "../../../tools/redisServer";

/** Installs the engine, Redis, and the packed tarball, once, as a user would. */
export default async function setup(): Promise<void> {
  await ensureRedisServer();
  process.env.E2E_ENGINE = await ensurePulumi();
  const folder = mkdtempSync(path.join(tmpdir(), "e2e-installed-"));
  process.env.E2E_INSTALLED = folder;
  installPacked(folder);
}
