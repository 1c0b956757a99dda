import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import type { State } from "../../provider/resource/contract/state";

interface WrittenState {
  readonly version: string;
  readonly name: string;
  readonly outputs: State & { readonly __provider: string };
}

const folder = path.join(__dirname, "..", "unit", "resource", "contract", "states");

/** The states of every kind that any version has written, by version and name. Their password is the old one. */
export const writtenStates: readonly WrittenState[] = readdirSync(folder).flatMap((file) =>
  Object.entries(
    JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Record<string, WrittenState["outputs"]>,
  ).map(([name, outputs]) => ({ version: path.basename(file, ".json"), name, outputs })),
);
