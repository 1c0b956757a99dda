import { setTimeout as pause } from "node:timers/promises";

import type { CommandResult } from "../../../tools/command";
import { type Process, kill, until, withDescendants } from "../../../tools/processes";

import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { expectDocumented } from "../support/documented";
import { shown } from "../support/fixture";
import { Recovery, expectSaid } from "../support/recovery";

/** What is killed: of the processes that a run consists of, those with such a command line. */
const victims = {
  program: /cmd\/run\/index\.js/,
  engine: /\/pulumi up /,
  provider: /dynamic-provider\/index\.js/,
  "the whole machine": /./,
} as const;

type Moment = "before sending" | "after sending" | "while waiting" | "after success";

/** What makes a moment last long enough to be hit, and the request by which it is known to have come. */
const moments: Readonly<Record<Moment, { fault?: string; request: string }>> = {
  "before sending": { fault: "AssumeRole=delay:30*1", request: "AssumeRole" },
  "after sending": { fault: "ResetPassword=delay:30*1", request: "ResetPassword" },
  "while waiting": { fault: "ResetPassword=task-slow:2*1", request: "DescribeTaskInfo" },
  "after success": { request: "ResetPassword" },
};

interface Row {
  readonly victim: keyof typeof victims;
  readonly moment: Moment;
  readonly operation: "creation" | "update";
  /** What the up says, by a heading of docs/troubleshooting.md. A killed engine says nothing. */
  readonly says?: EngineTestHeading;
  /** What the state then holds of the resource: nothing of the new password, unless it is said. */
  readonly status?: "done" | "none" | "drifted";
  /** How many resets the service has carried out, until the password is set. */
  readonly resets: number;
  /** Whether a refresh comes before the next up. */
  readonly refresh?: true;
}

const providerEnded = "The provider ended";

const rows: readonly Row[] = [
  // Whoever is killed, a reset that nobody has recorded is sent again. A provider without its engine sends nothing more.
  { victim: "engine", moment: "before sending", operation: "creation", resets: 1 },
  { victim: "engine", moment: "after sending", operation: "creation", resets: 2 },
  { victim: "engine", moment: "while waiting", operation: "creation", resets: 2 },
  { victim: "engine", moment: "after success", operation: "creation", resets: 2 },
  { victim: "engine", moment: "before sending", operation: "update", resets: 1 },
  { victim: "engine", moment: "after sending", operation: "update", resets: 2 },
  { victim: "engine", moment: "while waiting", operation: "update", resets: 2, refresh: true, status: "drifted" },
  { victim: "engine", moment: "after success", operation: "update", resets: 2 },
  { victim: "provider", moment: "before sending", operation: "creation", says: providerEnded, resets: 1 },
  { victim: "provider", moment: "after sending", operation: "creation", says: providerEnded, resets: 2 },
  { victim: "provider", moment: "while waiting", operation: "creation", says: providerEnded, resets: 2 },
  { victim: "provider", moment: "before sending", operation: "update", says: providerEnded, resets: 1 },
  { victim: "provider", moment: "after sending", operation: "update", says: providerEnded, resets: 2 },
  {
    victim: "provider",
    moment: "while waiting",
    operation: "update",
    says: providerEnded,
    resets: 2,
    refresh: true,
    status: "drifted",
  },
  // What the provider has answered, the engine records all the same.
  { victim: "provider", moment: "after success", operation: "update", resets: 1 },
  { victim: "program", moment: "while waiting", operation: "update", says: "The program ended", resets: 1 },
  { victim: "the whole machine", moment: "before sending", operation: "update", resets: 1 },
  { victim: "the whole machine", moment: "after sending", operation: "update", resets: 2 },
  { victim: "the whole machine", moment: "while waiting", operation: "creation", resets: 2 },
];

describe("a run is killed, and the next one does the right thing", () => {
  let recovery: Recovery;

  beforeAll(async () => {
    recovery = await Recovery.create();
  });
  afterAll(() => recovery.fixture.dispose());

  it.each(rows.map((row) => [`${row.victim}, ${row.moment}, at ${row.operation}`, row] as const))(
    "%s",
    async (_, row) => {
      const {
        victim,
        moment,
        operation,
        says,
        status = operation === "update" ? "done" : "none",
        resets,
        refresh,
      } = row;
      const { fixture } = recovery;
      const before = recovery.carriedOut;
      if (operation === "creation") await fixture.pulumi(["state", "delete", "--yes", (await fixture.cache()).urn]);

      const result = await killed(recovery, victims[victim], moment);
      if (says !== undefined) expectSaid(result, says);
      expect(await recovery.status()).toBe(refresh ? "done" : status);
      fixture.cloud.clearFaults();
      if (victim === "engine" || victim === "the whole machine") await unlock(recovery);
      if (refresh) {
        expect(await fixture.pulumi(["refresh", "--yes"])).toMatchObject({ code: 0 });
        expect(await recovery.status()).toBe(status);
      }
      expect(await recovery.up()).toMatchObject({ code: 0 });

      await recovery.expectGoodEnd();
      expect(recovery.carriedOut - before).toBe(resets);
    },
  );
});

it("Pulumi keeps the warning about a creation that was interrupted until it is cleared", async () => {
  const recovery = await Recovery.create();
  const { fixture } = recovery;
  try {
    await fixture.pulumi(["state", "delete", "--yes", (await fixture.cache()).urn]);
    await killed(recovery, victims.engine, "while waiting");
    await unlock(recovery);
    for (const heading of ["first up", "second up"]) {
      const up = await recovery.up();
      expect({ heading, code: up.code }).toEqual({ heading, code: 0 });
      expectDocumented(up, "An operation was interrupted");
    }
    await fixture.pulumi(["refresh", "--yes", "--clear-pending-creates"]);
    expect(shown(await recovery.up())).not.toContain("pending operations");
    await recovery.expectGoodEnd();
  } finally {
    await fixture.dispose();
  }
});

it("a provider whose engine was started with flags sends nothing more once the engine is killed", async () => {
  const recovery = await Recovery.create();
  const { fixture } = recovery;
  try {
    const flags = ["--logflow", "--logtostderr", "-v=3", "--tracing", "file:/dev/null"];
    await killed(recovery, victims.engine, "while waiting", flags);
    const providers = orphans.filter(({ commandLine }) => commandLine.includes("dynamic-provider/index.js"));
    expect(providers).not.toEqual([]);
    await until(() => providers.every(({ id }) => withDescendants(id).length === 0));
    const sent = fixture.requests.length;
    fixture.cloud.clearFaults();
    await unlock(recovery);
    expect(fixture.requests.length).toBe(sent);
    expect(await recovery.up()).toMatchObject({ code: 0 });
    await recovery.expectGoodEnd();
  } finally {
    await fixture.dispose();
  }
});

/** What may have outlived a killed run. */
let orphans: Process[] = [];

afterEach(() => {
  for (const { id } of orphans) kill(id);
  orphans = [];
});

/** Runs an up and kills at that moment. */
async function killed(
  recovery: Recovery,
  victim: RegExp,
  moment: Moment,
  flags: readonly string[] = [],
): Promise<CommandResult> {
  const { fixture } = recovery;
  const { fault, request } = moments[moment];
  if (fault !== undefined) fixture.cloud.addFault(fault);
  const seen = fixture.requests.length;
  const since = (action: string) => fixture.requests.slice(seen).filter((record) => record.action === action).length;
  // The first request of a run that uses a role comes before anything is sent to the Redis API.
  const role = {
    TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/100000000001:roleName/rotation",
    TENCENTCLOUD_STS_ENDPOINT: fixture.cloud.endpoint,
  };
  let engine = 0;
  const running = recovery.upToAnother(flags, moment === "before sending" ? role : {}, {
    onStart: (id) => (engine = id),
  });
  await until(() => since(request) > 0);
  orphans = withDescendants(engine);
  if (moment === "after success") await stopUntilAnswered(engine, () => since("DescribeTaskInfo"));
  for (const { id, commandLine } of orphans) if (victim.test(commandLine)) kill(id);
  if (moment === "after success" && !victim.test(orphans[0]?.commandLine ?? "")) process.kill(engine, "SIGCONT");
  return running;
}

async function stopUntilAnswered(engine: number, polls: () => number): Promise<void> {
  process.kill(engine, "SIGSTOP");
  // Two polls come less than a second apart: after a longer silence, the task was found to have succeeded.
  for (let last = -1; polls() === 0 || polls() !== last;) {
    last = polls();
    await pause(1200);
  }
}

/** After a killed engine, Pulumi itself asks for this. */
async function unlock(recovery: Recovery): Promise<void> {
  expectSaid(await recovery.up(), "The stack is locked");
  expect(await recovery.fixture.pulumi(["cancel", "--yes"])).toMatchObject({ code: 0 });
}
