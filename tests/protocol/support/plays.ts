import { type Stage, outcomeOf } from "./frontEnds";
import { createResource } from "./operations";
import type { Properties } from "./struct";

export const region = "ap-guangzhou";
export const initial = "Initial-password-1";
export const password = "Correct-horse-7";
export const other = "Battery-staple-8";

/** A case on a stage with its own instance, and its expected results and lines, the same for both front ends. */
export type Case = readonly [
  name: string,
  play: (stage: Stage, args: Properties) => Promise<unknown>,
  expected: unknown,
  lines: readonly unknown[],
];

export const create = ({ provider }: Stage, args: Properties) => createResource(provider, args);

/** Plans an update after a creation, like a preview. */
export async function plan(stage: Stage, args: Properties, changes: Properties, changedState: Properties = {}) {
  const { id, inputs, outputs } = await create(stage, args);
  await stage.takeLines();
  const { inputs: news } = await stage.provider.check(inputs, { ...args, ...changes });
  const step = stage.provider.diff(id, { ...outputs, ...changedState }, news);
  return outcomeOf(step.then(({ changes: found, replaces }) => ({ found, replaces })));
}

export const planned = (change: Properties, line: RegExp, replaces: string[] = [], changedState: Properties = {}) =>
  [
    (stage: Stage, args: Properties) => plan(stage, args, change, changedState),
    { found: "some", replaces },
    [expect.stringMatching(line)],
  ] as const;
