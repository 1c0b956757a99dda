import path from "node:path";

import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import { root } from "../../support/markdown";
import type { CommandResult } from "../../../tools/command";
import { Fixture, shown } from "./fixture";

/** A copy of a program of `examples/`, before its README's first command, which makes the stack. */
export function copyExample(name: string, cloudOptions: LocalCloudOptions = {}): Promise<Fixture> {
  return Fixture.copyProject(path.join(root, "examples", name), cloudOptions);
}

/** All lines that an example has printed, but for what npm and the shell add, and how long it took. */
export const printedBy = (run: CommandResult): string[] =>
  shown(run)
    .split("\n")
    .filter((line) => !/^$|^> |^npm |^\S*bash\S*: |^… \d+ s so far$/.test(line));
