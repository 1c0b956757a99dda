import { spawn } from "node:child_process";
import { once } from "node:events";

import { localCommand } from "../support/localCommand";

/** Starts the command from a program that provides its streams, sends it a request, ends it, and returns its output. */
async function written(program: string, args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  const env = { PATH: process.env.PATH, TERM: "xterm-256color", ...environment };
  const child = spawn(program, args, { stdio: "pipe", env });
  const exit = once(child, "exit");
  let output = "";
  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const [, found] = pattern.exec(output) ?? [];
      if (found !== undefined) return found;
      await Promise.race([once(child.stdout, "data"), exit]);
      if (child.exitCode !== null) throw new Error(`it has ended: ${output}`);
    }
  };
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const endpoint = await until(/"endpoint":"([^"]+)"/);
  // Unsigned, so it is refused.
  await (await fetch(`${endpoint}?Action=DescribeInstances`)).text();
  if (program === "script") {
    await until(/(DescribeInstances)/);
    // Ctrl-C
    child.stdin.write("\x03");
  } else {
    child.kill("SIGTERM");
  }
  expect((await exit)[0]).toBe(0);
  return output;
}

const onTerminal = (environment: NodeJS.ProcessEnv) =>
  written("script", ["--quiet", "--return", "--command", `exec ${localCommand()}`, "/dev/null"], environment);

describe("tencent-redis-local shows each request in one line", () => {
  const line = /^\d\d:\d\d:\d\d {2}DescribeInstances {9}/m;

  it("in colour on a terminal", async () => {
    const output = await onTerminal({});
    expect(output).toMatch(line);
    // eslint-disable-next-line no-control-regex -- that is how colours are written
    expect(output).toMatch(/\x1b\[31m[A-Za-z.]+\x1b\[39m/);
  });

  it("without colours where NO_COLOR is set", async () => {
    const output = await onTerminal({ NO_COLOR: "1" });
    expect(output).toMatch(line);
    expect(output).not.toContain("\x1b[3");
  });

  it("not at all if its output goes into a pipe", async () => {
    expect(await written(localCommand(), [], {})).toMatch(/^\{.*\}\n$/);
  });
});
