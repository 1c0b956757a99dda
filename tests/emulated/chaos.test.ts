import { randomFrom } from "../../tools/random";
import {
  type FaultyHistory,
  allFaults,
  countPasswords,
  faultyHistories,
  timeoutSeconds,
  upUntilClean,
} from "../support/randomFaults";
import { step } from "../support/step";
import { EmulatedCloud, type ReceivedRequest } from "./support/emulatedCloud";
import { type CommandResult, Stack } from "./support/engine";
import { rememberSlowHashes } from "./support/slowHash";

const instanceIds = Array.from({ length: 50 }, (_, index) => `crs-${String(index).padStart(3, "0")}`);

/** Part of every password, and of no other text. */
const mark = "-Passw0rd-";
const passwordFor = (code: string, instanceId: string): string => `${code}${mark}of-${instanceId}`;

let cloud: EmulatedCloud;
let stack: Stack;

beforeAll(async () => {
  rememberSlowHashes();
  const instances = Object.fromEntries(instanceIds.map((instanceId) => [instanceId, "start-1t"]));
  cloud = await EmulatedCloud.start({ instances, taskSeconds: 0.2 });
});
afterAll(() => cloud.stop());

async function up(code: string, seconds = timeoutSeconds.without): Promise<CommandResult> {
  // The minimum duration of a command's start: the previous command has used up the quota of this second.
  await cloud.time.pass(2000);
  const program = instanceIds.map((instanceId) => ({
    name: instanceId,
    inputs: {
      instanceId,
      region: cloud.region,
      password: passwordFor(code, instanceId),
      timeoutSeconds: seconds,
    },
  }));
  return stack.up(program, { continueOnError: true });
}

async function refusing(code: string): Promise<string[]> {
  const accepted = await Promise.all(instanceIds.map((id) => cloud.accepts(passwordFor(code, id), id)));
  return instanceIds.filter((_, index) => !accepted[index]);
}

function expectAllDone(): void {
  const { resources } = stack.checkpoint;
  expect(resources.map(({ outputs }) => String(outputs.instanceId)).sort()).toEqual(instanceIds);
  expect(resources.filter(({ outputs }) => outputs.status !== "done")).toEqual([]);
  expect(resources.filter(({ initErrors }) => initErrors !== undefined)).toEqual([]);
}

/**
 * Returns the instances that were reset more often than the faults explain. A reset is carried out once for each
 * password in the code, and once more for each that was lost or has failed.
 */
function resetTooOften(passwords: number): string[] {
  const hasFailed = new Set(cloud.tasks.flatMap(({ taskId, status }) => (status === "succeed" ? [] : [taskId])));
  return instanceIds.flatMap((instanceId) => {
    const resets = cloud.accepted.filter((reset) => reset.instanceId === instanceId);
    const inVain = resets.filter(({ isAnswered, taskId }) => !isAnswered || hasFailed.has(taskId)).length;
    const explained = passwords + inVain;
    return resets.length > explained ? [`${instanceId}: ${resets.length} resets, ${explained} explained`] : [];
  });
}

const describeFault = ({ action, fault, code }: ReceivedRequest): string =>
  `${action} ${fault}${fault === "error" || fault === "http" ? `:${code}` : ""}`;

/** Runs a history to its clean end, and returns the faults that its requests have met. */
async function play(history: FaultyHistory): Promise<string[]> {
  const { seed, clean, faulty } = history;
  jest.spyOn(Math, "random").mockImplementation(randomFrom(seed));
  await cloud.begin();
  stack = new Stack(cloud);
  if (clean !== undefined) expect(await up(clean)).toMatchObject({ code: 0 });
  const failedUp = async (code: string, seconds: number): Promise<string | undefined> => {
    const { code: exit, lines } = await up(code, seconds);
    return exit === 0 ? undefined : lines.join("\n");
  };
  await upUntilClean({ cloud, up: failedUp }, history);
  const { requests } = cloud;
  const met = requests.filter(({ fault }) => fault !== null).map(describeFault);

  const [, code] = faulty;
  expect(await refusing(code)).toEqual([]);
  expectAllDone();
  const sent = requests.length;
  const again = await up(code);
  expect(again.steps.filter((one) => !one.startsWith("same"))).toEqual([]);
  expect(requests.length).toBe(sent);
  expect(stack.output.join("\n") + JSON.stringify(stack.checkpoint)).not.toContain(mark);
  expect(resetTooOften(countPasswords(history))).toEqual([]);
  // One process stays within the quota, despite all faults.
  expect(requests.filter((r) => r.code === "RequestLimitExceeded" && r.fault === null)).toEqual([]);
  return met;
}

it("50 resources recover within 5 runs, and their requests meet every kind of fault", async () => {
  const met = new Set<string>();
  for (const history of faultyHistories) {
    const { seed, hit } = history;
    await step(`seed ${seed}, ${hit}`, async () => {
      for (const fault of await play(history)) met.add(fault);
    });
  }
  expect(allFaults.filter((fault) => !met.has(fault))).toEqual([]);
}, 300_000);
