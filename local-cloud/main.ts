#!/usr/bin/env node
import { parseOptions, usage } from "./commandLine";
import { startLocalCloud } from "./index";
import { requestLine } from "./requestLine";

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(usage);
    return;
  }
  const stopRequested = signalled();
  const cloud = await startLocalCloud({
    ...options,
    onRequest(record) {
      options.onRequest?.(record);
      if (process.stderr.isTTY) process.stderr.write(`${requestLine(record, process.stderr.hasColors())}\n`);
    },
  });
  const { endpoint, region, secretId, secretKey, instances } = cloud;
  process.stdout.write(`${JSON.stringify({ endpoint, region, secretId, secretKey, instances })}\n`);
  await stopRequested;
  await cloud.stop();
}

/** Listens from the start: a signal during the start must not leave Redis servers behind. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => resolve());
  });
}

main().catch((error: unknown) => {
  const [firstLine] = (error instanceof Error ? error.message : String(error)).split("\n");
  process.stderr.write(`tencent-redis-local: ${firstLine ?? ""}\n`);
  process.exitCode = 1;
});
