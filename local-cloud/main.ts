#!/usr/bin/env node
import { createRequire } from "node:module";

import { isResetCommand, parseCommandLine } from "./cli/commandLine";
import { explain } from "./cli/explain";
import { writeExportFile } from "./cli/exportFile";
import { requestLine } from "./cli/requestLine";
import { sendReset } from "./cli/sendReset";
import { resetUsage, usage } from "./cli/usage";
import { type LocalCloudOptions, startLocalCloud } from "./index";
import { startError } from "./system/startError";

async function main(): Promise<void> {
  const command = parseCommandLine(process.argv.slice(2), process.env);
  switch (command.kind) {
    case "help":
      return print(usage);
    case "reset help":
      return print(resetUsage);
    case "version":
      return print(`${packageVersion()}\n`);
    case "reset":
      return print(`${await sendReset(command.reset, process.env)}\n`);
    case "serve":
      return serve(command.options, command.exportFile);
  }
}

/** Serves until a signal arrives. */
async function serve(options: LocalCloudOptions, exportFile: string | undefined): Promise<void> {
  const stopRequested = signalled();
  const starting = startLocalCloud({ ...options, ...reporters(options) });
  const cloud = await Promise.race([starting, stopRequested]);
  // Servers that are still starting end with this process and delete their data.
  if (!cloud) process.exit(0);
  let removeExportFile: (() => void) | undefined;
  try {
    if (exportFile !== undefined) removeExportFile = writeExportFile(exportFile, cloud.environment);
    const { endpoint, region, secretId, secretKey, instances } = cloud;
    await print(`${JSON.stringify({ endpoint, region, secretId, secretKey, instances })}\n`);
    await stopRequested;
  } finally {
    await cloud.stop();
    removeExportFile?.();
  }
}

function reporters({ onRequest }: LocalCloudOptions): Pick<LocalCloudOptions, "onRequest" | "onServerEnd"> {
  let isLogging = true;
  return {
    onRequest(record) {
      try {
        if (isLogging) onRequest?.(record);
      } catch (error) {
        // A full disk must not stop the cloud.
        isLogging = false;
        report(startError("writing the log", error, "No further requests are logged.").message);
      }
      if (process.stderr.isTTY) process.stderr.write(`${requestLine(record, process.stderr.hasColors())}\n`);
    },
    onServerEnd(instanceId, reason) {
      report(`the Redis server of ${instanceId} ended (${reason}): the instance is unreachable from now on`);
    },
  };
}

/** Listens from the start: a signal while servers are starting must not leave them running. */
function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, () => resolve(undefined));
  });
}

/** Resolves once standard output has accepted the text. @throws Error if the reader has closed it */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(startError("writing to standard output", error));
      else resolve();
    });
  });
}

function report(line: string): void {
  process.stderr.write(`tencent-redis-local: ${line}\n`);
}

const packageVersion = (): string =>
  (createRequire(__filename)("pulumi-tencentcloud-redis/package.json") as { version: string }).version;

// A closed pipe or terminal must not end this process before its servers.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);

main().catch((error: unknown) => {
  const { line, exitCode } = explain(error, isResetCommand(process.argv.slice(2)) ? "reset --help" : "--help");
  report(line);
  process.exitCode = exitCode;
});
