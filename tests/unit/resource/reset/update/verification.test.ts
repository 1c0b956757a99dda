import { update } from "../../../support/handlers";
import { stopCalendar } from "../../../support/clock";
import { catchError } from "../../../support/failure";
import { captureOutput } from "../../../support/output";
import { useRedisServers } from "../../../support/redisServer";
import {
  afterReset,
  checked,
  id,
  newPassword,
  state,
  stateWithoutPassword,
  withoutPassword,
} from "../../../support/resource";
import {
  describeTask,
  requestId,
  resetPassword,
  status,
  succeeded,
  useScriptedApi,
} from "../../../support/scriptedApi";
import { wasReset } from "../../../support/lines";
import { ourTask, sinceThen } from "../../../support/earlierReset";

const api = useScriptedApi();
const output = captureOutput();
const serve = useRedisServers();

stopCalendar();

describe("with verify, an update", () => {
  const verifying = async (reply?: string) => {
    const { port, stop } = await serve(reply);
    if (reply === undefined) await stop();
    return { port, verify: { host: "127.0.0.1", port } };
  };

  it("records a password that the instance accepts", async () => {
    const { verify } = await verifying("+OK\r\n");
    api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
    await expect(update(id, state(), checked({ password: newPassword, verify }))).resolves.toStrictEqual({
      outs: afterReset(newPassword),
    });
    expect(output()).toEqual([wasReset(16657)]);
  });

  it("records one that the instance refuses as failed, with what was sent", async () => {
    const { port, verify } = await verifying("-WRONGPASS invalid username-password pair\r\n");
    api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
    const error = await catchError(() => update(id, state(), checked({ password: newPassword, verify })));
    const reason =
      `Verification failed: 127.0.0.1:${port} refuses the password: WRONGPASS invalid username-password pair ` +
      `(task 16657, request ${requestId}). Check that verify names this instance, then run \`pulumi up\` to send the password again.`;
    expect(error).toMatchObject({ name: "RecordedFailure", id, reasons: [reason] });
    expect(error).toHaveProperty("properties", {
      ...afterReset(newPassword, { status: "failed", reason: "the instance has refused the password" }),
      __provider: "the provider",
    });
  });

  it("warns and succeeds if the instance is unreachable", async () => {
    const { port, verify } = await verifying();
    api.expect(resetPassword(newPassword), describeTask(16657, succeeded));
    await expect(update(id, state(), checked({ password: newPassword, verify }))).resolves.toStrictEqual({
      outs: afterReset(newPassword),
    });
    expect(output()).toEqual([
      `crs-5a4py64p: warning: the password could not be verified at 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
      wasReset(16657),
    ]);
  });

  it("verifies the password when it completes a pending reset", async () => {
    const { verify } = await verifying("-WRONGPASS invalid username-password pair\r\n");
    api.expect(ourTask, ...sinceThen());
    await expect(update(id, state({ status: "pending" }), checked({ verify }))).rejects.toMatchObject({
      properties: { status: "failed" },
    });
  });

  it("does not verify the password of a pending reset that another one follows", async () => {
    const { verify } = await verifying("+OK\r\n");
    api.expect(describeTask(11111, status("succeed")), resetPassword(newPassword), describeTask(16657, succeeded));
    await update(id, state({ status: "pending" }), checked({ password: newPassword, verify }));
    expect(output()).toEqual([wasReset(16657)]);
  });

  it("reports that it could not verify a password that this run does not have", async () => {
    const { port, verify } = await verifying("+OK\r\n");
    api.expect(ourTask, ...sinceThen());
    await update(id, stateWithoutPassword({ status: "pending" }), withoutPassword({ verify }));
    expect(output()).toEqual([
      `crs-5a4py64p: warning: the password could not be verified at 127.0.0.1:${port}: this run was not given it`,
      wasReset(11111),
    ]);
  });
});
