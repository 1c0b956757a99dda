/**
 * Runs in a separate process, as a dynamic provider does, and ends only when the engine ends.
 * A line on standard input makes it open files until no descriptor is free. The next line closes them.
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
