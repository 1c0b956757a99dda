import { serveOptions } from "./serveOptions";

const textColumn = 29;

/** What `--help` prints. */
export const usage = `tencent-redis-local [OPTION...]

  serves the Redis API of Tencent Cloud on this machine, in front of real Redis servers, until it is interrupted

${listOptions()}

Secrets are read from files and from the environment, never from the command line, which every user of the machine
can read. The first line on standard output is JSON: where the API and the Redis servers listen, and the API key.
On a terminal each request is a line on standard error, in color unless NO_COLOR is set.
SIGINT, SIGTERM and SIGHUP end everything. Exit codes: 0 after a signal, 1 for a failure, 2 for a usage error.

tencent-redis-local reset [--instance ID[@REGION]] [--account NAME] [--password-file FILE]

  resets the password of an instance of a running local cloud behind Pulumi's back, to try drift; with --account
  that of a custom account. It takes the address and the API key from the environment that --export writes. Without
  --password-file the password is TENCENT_REDIS_LOCAL_PASSWORD, else a random one.
`;

function listOptions(): string {
  const newLine = `\n${" ".repeat(textColumn)}`;
  return Object.entries(serveOptions)
    .map(([name, { short, value, help }]) => {
      const names = `  ${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
      const gap = names.length + 2 > textColumn ? newLine : " ".repeat(textColumn - names.length);
      return names + gap + help.replaceAll("\n", newLine);
    })
    .join("\n");
}
