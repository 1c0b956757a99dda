import { until, withDescendants } from "../../../tools/processes";
import type { EngineTestHeading } from "../../support/troubleshootingHeadings";
import { expectDocumented } from "../support/documented";
import { shown } from "../support/fixture";
import { type Moment, type Victim, killed, orphans, unlock } from "../support/killedRun";
import { Recovery, expectSaid, onStack } from "../support/recovery";

interface Row {
  readonly victim: Victim;
  readonly moment: Moment;
  readonly operation: "creation" | "update";
  /** The output of the up, as a heading of docs/troubleshooting.md. A killed engine prints nothing. */
  readonly says?: EngineTestHeading;
  /** The status in the state. By default the state contains nothing about the new password. */
  readonly status?: "done" | "none" | "drifted";
  /** The number of resets that the service carries out until the password is set. */
  readonly resets: number;
  /** Whether a refresh comes before the next up. */
  readonly refresh?: true;
}

const providerEnded = "The provider ended";

const rows: readonly Row[] = [
  // Whichever process is killed, an unrecorded reset is sent again. A provider without its engine sends nothing more.
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
  // The engine records a response of the provider that it has received.
  { victim: "provider", moment: "after success", operation: "update", resets: 1 },
  { victim: "program", moment: "while waiting", operation: "update", says: "The program ended", resets: 1 },
  { victim: "the whole machine", moment: "before sending", operation: "update", resets: 1 },
  { victim: "the whole machine", moment: "after sending", operation: "update", resets: 2 },
  { victim: "the whole machine", moment: "while waiting", operation: "creation", resets: 2 },
];

describe("a run is killed, and the next one recovers", () => {
  it.each(rows)("$victim, $moment, at $operation", ({ victim, moment, operation, ...row }) =>
    onStack(async (recovery) => {
      const { says, status = operation === "update" ? "done" : "none", resets, refresh } = row;
      const { fixture, carriedOut } = recovery;
      if (operation === "creation") await fixture.pulumi(["state", "delete", "--yes", (await fixture.cache()).urn]);

      const result = await killed(recovery, victim, moment);
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
      expect(recovery.carriedOut - carriedOut).toBe(resets);
    }),
  );
});

it("Pulumi keeps the warning about a creation that was interrupted until it is cleared", async () => {
  // On a new stack, because each kill of the engine leaves a line in the state.
  const recovery = await Recovery.create();
  const { fixture } = recovery;
  await fixture.pulumi(["state", "delete", "--yes", (await fixture.cache()).urn]);
  await killed(recovery, "engine", "while waiting");
  await unlock(recovery);
  for (const heading of ["first up", "second up"]) {
    const up = await recovery.up();
    expect({ heading, code: up.code }).toEqual({ heading, code: 0 });
    expectDocumented(up, "An operation was interrupted");
  }
  await fixture.pulumi(["refresh", "--yes", "--clear-pending-creates"]);
  expect(shown(await recovery.up())).not.toContain("pending operations");
  await recovery.expectGoodEnd();
});

it("a provider whose engine was started with flags sends nothing after the engine is killed", () =>
  onStack(async (recovery) => {
    const { fixture } = recovery;
    const flags = ["--logflow", "--logtostderr", "-v=3", "--tracing", "file:/dev/null"];
    await killed(recovery, "engine", "while waiting", flags);
    const providers = orphans().filter(({ commandLine }) => commandLine.includes("dynamic-provider/index.js"));
    expect(providers).not.toEqual([]);
    await until(() => providers.every(({ id }) => withDescendants(id).length === 0));
    const sent = fixture.requests.length;
    fixture.cloud.clearFaults();
    await unlock(recovery);
    expect(fixture.requests.length).toBe(sent);
    expect(await recovery.up()).toMatchObject({ code: 0 });
    await recovery.expectGoodEnd();
  }));
