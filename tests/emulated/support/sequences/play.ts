import { randomFrom } from "../../../../tools/random";
import type { EmulatedCloud } from "../emulatedCloud";
import type { FrontEnd } from "../providerMethods";
import { violation } from "./judge";
import type { Command, Step } from "./steps";
import { Story } from "./story";

/** A broken promise, as a sentence. */
class BrokenPromise extends Error {}

const command = (name: Command["command"]): Command => ({
  do: "command",
  command: name,
  faults: [],
  timeoutSeconds: 600,
});

/** Code without any option that can fail. */
const plainCode = { ignoreChanges: [], verify: "right", onCreate: "reset", imports: false } as const;

/** Runs a story and its recovery. Returns how it has broken one of the product's promises, or undefined. */
export async function play(
  cloud: EmulatedCloud,
  frontEnd: FrontEnd,
  steps: readonly Step[],
): Promise<string | undefined> {
  await cloud.begin();
  // Retries wait for a random time: with a seed, the same story always has the same result.
  const random = jest.spyOn(Math, "random").mockImplementation(randomFrom(1));
  const story = new Story(cloud, frontEnd);
  try {
    // The instances and their accounts are older than the first command.
    await playOne(story, { do: "pass", seconds: 60 });
    for (const step of steps) await playOne(story, step);
    await playGoodEnd(story);
    return undefined;
  } catch (error) {
    const reason = error instanceof BrokenPromise ? error.message : `the test itself has failed: ${createStack(error)}`;
    return [reason, ...story.told].join("\n");
  } finally {
    random.mockRestore();
  }
}

const createStack = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

async function playOne(story: Story, step: Step): Promise<0 | 1 | undefined> {
  const outcome = await story.play(step);
  if (!outcome) return undefined;
  const broken = await violation(story, outcome);
  if (broken) throw new BrokenPromise(broken);
  return outcome.result.code;
}

/** Without any faults, two runs are enough, and a refresh detects every change by somebody else. */
async function playGoodEnd(story: Story): Promise<void> {
  for (const step of [{ do: "end all faults" }, { do: "pass", seconds: 300 }] as const) await playOne(story, step);
  await playOne(story, { do: "edit", change: plainCode });
  // Only its owner knows which password was imported: the code must set it, as the error of a failed adoption says.
  await playOne(story, { do: "forget imports" });
  const codes = [await playOne(story, command("up")), await playOne(story, command("up"))];
  if (codes[1] !== 0) throw new BrokenPromise("two runs without faults are not enough");
  if ((await playOne(story, command("up --refresh"))) !== 0) throw new BrokenPromise("an up --refresh fails");
  // No other task starts and ends in the second of ours.
  await playOne(story, { do: "pass", seconds: 5 });
  for (const instance of [0, 1] as const) {
    for (const account of [0, 1, 2] as const) {
      const change = account === 0 ? "reset" : "account";
      await playOne(story, { do: "somebody else", change, account, instance, seconds: 1 });
    }
  }
  await playOne(story, { do: "pass", seconds: 5 });
  if ((await playOne(story, command("up --refresh"))) !== 0) throw new BrokenPromise("an up --refresh fails");
}
