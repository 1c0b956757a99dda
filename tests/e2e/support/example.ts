import path from "node:path";

import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import { root } from "../../unit/support/markdown";
import { Fixture } from "./fixture";

/** A copy of a program of `examples/`, before its README's first command, which makes the stack. */
export function copyOfExample(name: string, cloudOptions: LocalCloudOptions = {}): Promise<Fixture> {
  return Fixture.copyOf(path.join(root, "examples", name), cloudOptions);
}
