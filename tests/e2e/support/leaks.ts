import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

interface Leak {
  /** @param outputs what will be recorded */
  readonly leak: (password: string, outputs: object) => unknown;
  /** Where the search finds it. */
  readonly places: readonly RegExp[];
}

/** Long enough for the search, which takes 20 samples per second, even on a busy machine. */
const leakMs = 3000;

async function leakInTemporaryFile(name: string, content: string | Buffer): Promise<void> {
  const file = path.join(tmpdir(), name);
  writeFileSync(file, content);
  await sleep(leakMs);
  rmSync(file);
}

/** Leaks of a password that handlers must not have. The test of the search injects each of them. */
export const leaks = {
  "an output": {
    leak: (password, outputs) => Object.assign(outputs, { note: Buffer.from(`x${password}`).toString("base64") }),
    places: [/^the file backend\/.pulumi\/stacks\/e2e\/test\.json$/, /^pulumi stack export$/],
  },
  "the message of an error": {
    leak: (password) => {
      throw new Error(`not set: ${JSON.stringify(password)}`);
    },
    places: [/^stdout of pulumi up/, /^the file events\.json$/],
  },
  "a line that is printed": {
    leak: (password) => console.log(encodeURIComponent(password)),
    places: [/^stdout of pulumi up/, /^the file events\.json$/],
  },
  "the name of a temporary file": {
    leak: (password) => leakInTemporaryFile(Buffer.from(password).toString("hex"), ""),
    places: [/^temporary, the name of a file$/],
  },
  "the content of a temporary file": {
    leak: (password) => leakInTemporaryFile("notes", Buffer.from(password).reverse()),
    places: [/^temporary, the file notes$/],
  },
  "an argument of a process": {
    leak: (password) => spawnSync(process.execPath, ["-e", `setTimeout(() => {}, ${leakMs})`, password]),
    places: [/^the command line of a process$/],
  },
  "8 characters in a line that is printed": {
    leak: (password) => console.log(password.slice(3, 11)),
    places: [/^stdout of pulumi up/],
  },
} satisfies Record<string, Leak>;

export type LeakName = keyof typeof leaks;
