import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** A command that is put in front of this one, and runs it. */
  readonly within?: readonly string[];
  /** The command's standard input. @default nothing */
  readonly input?: string;
  /** Called with the process id, as soon as there is one. */
  readonly onStart?: (processId: number) => void;
  /** Called with each line of output, from either stream, as it arrives. */
  readonly onLine?: (line: string) => void;
  /** The time limit of the command, after which it is killed and counts as failed. */
  readonly timeoutMs?: number;
  /** Ends the command when aborted. */
  readonly signal?: AbortSignal;
}

export interface CommandResult {
  /** The exit code, or null when a signal ended the command. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, without a shell. Does not throw if the command fails. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { within = [], cwd, env, input, onStart, onLine, timeoutMs, signal } = options;
  const [program = command, ...rest] = [...within, command, ...args];
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd, env, timeout: timeoutMs, signal, stdio: ["pipe", "pipe", "pipe"] });
    // A command may end without reading its input.
    child.stdin.on("error", () => undefined).end(input);
    if (child.pid !== undefined) onStart?.(child.pid);
    const stdout = collect(child.stdout, onLine);
    const stderr = collect(child.stderr, onLine);
    child.once("error", (error) => resolve({ code: null, stdout: "", stderr: error.message }));
    child.once("close", (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
}

/** Returns the path of a program that the shell would start, or undefined. */
export function findOnPath(name: string, searchPath = process.env.PATH ?? ""): string | undefined {
  return searchPath
    .split(path.delimiter)
    .filter(Boolean)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function collect(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): () => string {
  let text = "";
  let told = 0;
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf("\n", told); end >= 0; end = text.indexOf("\n", told)) {
      onLine?.(text.slice(told, end));
      told = end + 1;
    }
  });
  return () => text;
}
