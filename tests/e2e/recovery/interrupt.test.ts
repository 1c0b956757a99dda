import { type Process, kill, until, withDescendants } from "../../../tools/processes";
import { type Recovery, expectSaid, onStack, upDuring } from "../support/recovery";

describe("Ctrl-C while waiting for a reset", () => {
  it.each([
    { operation: "update", fault: "task-slow:2", timeoutSeconds: 120, status: "done" },
    { operation: "creation", fault: "task-slow:2", timeoutSeconds: 120, status: "done" },
    { operation: "update", fault: "task-stuck", timeoutSeconds: 4, status: "pending" },
    { operation: "creation", fault: "task-stuck", timeoutSeconds: 4, status: "pending" },
  ])(
    "at $operation, with $fault and a timeout of $timeoutSeconds s: $status is recorded",
    async ({ operation, fault, timeoutSeconds, status }) => {
      const interrupted = async (recovery: Recovery) => {
        const { fixture, carriedOut } = recovery;
        if (operation === "creation") await fixture.pulumi(["state", "delete", "--yes", (await fixture.cache()).urn]);
        fixture.cloud.addFault(`ResetPassword=${fault}*1`);
        recovery.waitFor(timeoutSeconds);
        const up = await upDuring(recovery, (engine) => kill(engine, "SIGINT"));
        recovery.waitFor();
        expectSaid(up, status === "done" ? "The run was interrupted" : "The reset takes too long");
        expect(await recovery.status()).toBe(status);
        expect(await recovery.up()).toMatchObject({ code: 0 });
        await recovery.expectGoodEnd();
        expect(recovery.carriedOut - carriedOut).toBe(1);
      };
      await onStack(interrupted);
    },
  );

  it("SIGTERM to all processes of the run, as from a service manager, ends it in the same way", () =>
    onStack(async (recovery) => {
      const { carriedOut } = recovery;
      recovery.fixture.cloud.addFault("ResetPassword=task-slow:3*1");
      await upDuring(recovery, (engine) => {
        for (const { id } of withDescendants(engine)) kill(id, "SIGTERM");
      });
      expect(await recovery.status()).toBe("done");
      expect(await recovery.up()).toMatchObject({ code: 0 });
      await recovery.expectGoodEnd();
      expect(recovery.carriedOut - carriedOut).toBe(1);
    }));

  it("twice ends the run like a kill: the next up sends the password again", () =>
    onStack(async (recovery) => {
      const { carriedOut } = recovery;
      recovery.fixture.cloud.addFault("ResetPassword=task-stuck*1");
      let processes: readonly Process[] = [];
      let isTerminating = false;
      const onLine = (line: string) => (isTerminating ||= line.includes("^C received; terminating"));
      const interruptTwice = async (engine: number) => {
        processes = withDescendants(engine);
        // The CLI drops a signal that arrives while it handles an earlier one.
        await until(() => {
          kill(engine, "SIGINT");
          return isTerminating;
        });
      };
      const up = await upDuring(recovery, interruptTwice, { onLine });
      for (const { id } of processes) kill(id);
      expect(up.code).not.toBe(0);
      expect(await recovery.up()).toMatchObject({ code: 0 });
      await recovery.expectGoodEnd();
      expect(recovery.carriedOut - carriedOut).toBe(2);
    }));
});
