import path from "node:path";

import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import { root } from "../../support/markdown";
import type { CommandResult } from "../../../tools/command";
import { Fixture, shown } from "./fixture";

/** Copies a program of `examples/`, ready for its README's first command, which creates the stack. */
export function copyExample(name: string, cloudOptions: LocalCloudOptions = {}): Promise<Fixture> {
  return Fixture.copyProject(path.join(root, "examples", name), cloudOptions);
}

/** Returns all lines that an example has printed, without those of npm and the shell, and without durations. */
export const printedBy = (run: CommandResult): string[] =>
  shown(run)
    .split("\n")
    .filter((line) => !/^$|^> |^npm |^\S*bash\S*: |^… \d+ s so far$/.test(line));
