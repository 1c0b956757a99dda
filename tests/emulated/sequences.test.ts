import fc from "fast-check";

import { EmulatedCloud } from "./support/emulatedCloud";
import { play } from "./support/sequences/play";
import { startOptions } from "./support/sequences/names";
import { stories } from "./support/sequences/randomStories";
import type { Step } from "./support/sequences/steps";
import { rememberSlowHashes } from "./support/slowHash";

const seed = Number(process.env.SEQUENCES_SEED ?? 1);
const count = Number(process.env.SEQUENCES_COUNT ?? 300);
const length = Number(process.env.SEQUENCES_LENGTH ?? 12);
const path = process.env.SEQUENCES_PATH ?? "";
/** Stories that end in such words are passed over: those that show what is known already. */
const except = process.env.SEQUENCES_EXCEPT ? new RegExp(process.env.SEQUENCES_EXCEPT) : undefined;

/** All, or the one that is asked for. */
const frontEnds = (["class", "plugin"] as const).filter((name) => (process.env.SEQUENCES_FRONT_END ?? name) === name);

let cloud: EmulatedCloud;

beforeAll(async () => {
  rememberSlowHashes();
  cloud = await EmulatedCloud.start(startOptions);
});
afterAll(() => cloud.stop());

const title = `keeps the promises in ${count} random stories of up to ${length} steps (seed ${seed})`;

it.each(frontEnds)(
  `the %s ${title}`,
  async (frontEnd) => {
    const property = fc.asyncProperty(stories(length, frontEnd), async (steps: readonly Step[]) => {
      const broken = await play(cloud, frontEnd, steps);
      if (broken !== undefined && !except?.test(broken)) throw new Error(broken);
    });
    const { failed, errorInstance, counterexamplePath } = await fc.check(property, { seed, path, numRuns: count });
    if (!failed) return;
    const story = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    const again = `npm run test:sequences -- --front-end ${frontEnd} --seed ${seed} --path ${String(counterexamplePath)}`;
    const report = `${story}\n\n${again} tells it again`;
    throw Object.assign(new Error(report), { stack: report });
  },
  3_600_000,
);
