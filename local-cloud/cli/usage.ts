import { faultKinds } from "../faults/faultKinds";
import type { OptionTable } from "./parseArguments";
import { resetOptions } from "./resetOptions";
import { serveOptions } from "./serveOptions";

/** What `--help` prints. */
export const usage = `Usage: tencent-redis-local [OPTION...]
       tencent-redis-local reset [OPTION...]

Serves the Redis API of Tencent Cloud on this machine, in front of real Redis
servers, until SIGINT, SIGTERM or SIGHUP. The command \`reset\` resets a password
in a running local cloud: see \`tencent-redis-local reset --help\`.

Options:
${listOptions(serveOptions, 29)}

Kinds of faults ("the task" is the one that ACTION starts):
${listFaultKinds()}

Secrets are read from files and from the environment, never from the command
line, which every user of the machine can read. The first line on standard
output is JSON: the address of the API, the API key, and the instances with the
ports of their Redis servers. On a terminal, each request is a line on standard
error, in color unless NO_COLOR is set.

Exit codes: 0 after a signal, 1 for a failure, 2 for a usage error.
`;

/** What `reset --help` prints. */
export const resetUsage = `Usage: tencent-redis-local reset [OPTION...]

Resets a password in a running local cloud, outside Pulumi, to try drift, and
waits up to 10 minutes for the task. The address and the API key are read from
the environment: source the file that --export of the running cloud wrote.

Options:
${listOptions(resetOptions, 26)}

Exit codes: 0 for a success, 1 for a failure, 2 for a usage error.
`;

function listOptions(table: OptionTable, textColumn: number): string {
  return Object.entries(table)
    .map(([name, { short, value, help }]) => {
      const names = `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
      return formatEntry(names, help, textColumn);
    })
    .join("\n");
}

function listFaultKinds(): string {
  return Object.entries(faultKinds)
    .map(([kind, { value, help }]) => formatEntry(value === undefined ? kind : `${kind}:${value}`, help, 21))
    .join("\n");
}

/** Formats a term and its help, which begins in a column: below the term if that is too long. */
function formatEntry(term: string, help: string, textColumn: number): string {
  const newLine = `\n${" ".repeat(textColumn)}`;
  const start = `  ${term}`;
  const gap = start.length + 2 > textColumn ? newLine : " ".repeat(textColumn - start.length);
  return start + gap + help.replaceAll("\n", newLine);
}
