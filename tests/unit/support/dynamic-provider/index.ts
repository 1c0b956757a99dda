/**
 * A separate process, as Pulumi starts it for its provider: it ends with its engine, and never by itself.
 * A line of standard input makes it take every file descriptor as soon as one is free, the next one frees them all.
 */
import { closeSync, openSync } from "node:fs";
import { createInterface } from "node:readline";

import { exitWithEngine } from "../../../../provider/engine/shared/exitWithEngine";

let taken: number[] = [];
let taking: NodeJS.Timeout | undefined;

function take(): void {
  try {
    for (;;) taken.push(openSync("/dev/null", "r"));
  } catch (error) {
    console.log((error as NodeJS.ErrnoException).code);
  }
}

createInterface({ input: process.stdin }).on("line", () => {
  if (taking === undefined) {
    taking = setInterval(take, 5);
    return;
  }
  clearInterval(taking);
  for (const descriptor of taken) closeSync(descriptor);
  taken = [];
});

exitWithEngine();
