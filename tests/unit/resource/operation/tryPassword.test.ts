import { silentLog } from "../../../../provider/resource/session/resourceLog";
import { startOperation } from "../../../../provider/resource/operation/operation";
import { tryPassword } from "../../../../provider/resource/operation/tryPassword";
import type { Verification } from "../../../../provider/resource/verify/verifyPassword";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { catchError } from "../../support/failure";
import { handlersOn, listTasks, task } from "../../support/fakeService";
import { makeFingerprint, id, newPassword, program, state } from "../../support/resource";

const accepted: Verification = { outcome: "accepted" };
const refused: Verification = { outcome: "refused", reason: "WRONGPASS" };
const passwordless: Verification = { outcome: "passwordless", reason: "ERR Client sent AUTH, but no password is set" };
const unknown: Verification = { outcome: "unknown", reason: "timed out" };

const verify = { host: "10.0.0.1", port: 6379 };

/** Returns handlers for an instance with these responses to AUTH, the last of which repeats. */
function handlersAt(outcomes: readonly Verification[], address: object = verify) {
  const atMs: number[] = [];
  const handlers = handlersOn(
    {},
    {
      verifyPassword: () => {
        atMs.push(handlers.elapsedMs());
        return Promise.resolve(outcomes[Math.min(atMs.length, outcomes.length) - 1] ?? unknown);
      },
    },
  );
  const inputs = (changes: object) => handlers.checked({ password: newPassword, verify: address, ...changes });
  return {
    ...handlers,
    update: (changes: object = {}) => handlers.update(id, state(), inputs(changes)),
    adopt: () => handlers.create(inputs({ onCreate: "adopt" })),
    /** When it was tried, in seconds after the first time. */
    tries: () => atMs.map((each) => (each - (atMs[0] ?? 0)) / 1000),
  };
}

const wrong = "10.0.0.1:6379 refuses the password: WRONGPASS";
const none = "10.0.0.1:6379 has no password: ERR Client sent AUTH, but no password is set";
const openToAll =
  "crs-5a4py64p: warning: password-free mode is on: anyone who reaches the instance can sign in without a password";
const unverified = "crs-5a4py64p: warning: the password could not be verified at 10.0.0.1:6379: timed out";

it.each<[string, readonly Verification[], readonly number[], readonly string[]]>([
  ["immediately if it is accepted", [accepted], [0], []],
  ["if it is accepted after a refusal", [refused, accepted], [0, 1], []],
  ["if it is accepted after 15 s", [refused, refused, passwordless, refused, accepted], [0, 1, 3, 7, 15], []],
  ["if it is accepted after the instance was unreachable", [unknown, unknown, accepted], [0, 1, 3], []],
  ["if it is accepted after a refusal and a failed attempt", [refused, unknown, accepted], [0, 1, 3], []],
  ["with a warning if password-free mode is on", [{ ...accepted, isPasswordFree: true }], [0], [openToAll]],
  ["with a warning if the instance stays unreachable", [unknown], [0, 1, 3], [unverified]],
])("after a reset, a password is recorded as set %s", async (_, outcomes, tries, lines) => {
  const handlers = handlersAt(outcomes);
  await expect(handlers.update()).resolves.toMatchObject({ outs: { status: "done" } });
  expect(handlers.tries()).toEqual(tries);
  expect(handlers.lines).toEqual([...lines, "crs-5a4py64p: the password was reset (task 100)"]);
});

describe("after a reset, a password counts as refused", () => {
  it.each<[string, readonly Verification[], string]>([
    ["if it is refused for 15 s", [refused], wrong],
    ["if the instance has no password", [passwordless], none],
    ["if it is refused and the instance is unreachable afterwards", [unknown, refused, unknown], wrong],
    ["with the message of the last refusal", [refused, refused, passwordless, unknown], none],
  ])("%s", async (_, outcomes, reason) => {
    const handlers = handlersAt(outcomes);
    await expect(handlers.update()).rejects.toMatchObject({
      name: "RecordedFailure",
      message: expect.stringContaining(reason) as string,
      properties: { status: "failed" },
    });
    expect(handlers.tries()).toEqual([0, 1, 3, 7, 15]);
    expect(handlers.lines).toEqual([]);
  });

  it("at the deadline, if that is earlier", async () => {
    const handlers = handlersAt([refused]);
    await expect(handlers.update({ timeoutSeconds: 5 })).rejects.toHaveProperty("properties.status", "failed");
    expect(handlers.tries()).toEqual([0, 1, 3]);
  });
});

describe("an adoption", () => {
  it("is proven if the password is accepted after a refusal", async () => {
    const handlers = handlersAt([refused, refused, accepted]);
    await expect(handlers.adopt()).resolves.not.toHaveProperty("outs.unproven");
    expect(handlers.tries()).toEqual([0, 1, 3]);
  });

  it.each([
    ["is refused", refused, `${wrong}. Set password to`],
    ["is not needed", passwordless, `${none}. Set onCreate to "reset".`],
  ])("fails if the password %s for 15 s", async (_, outcome, reason) => {
    const handlers = handlersAt([outcome]);
    await expect(handlers.adopt()).rejects.toThrow(`Adoption failed: ${reason}`);
    expect(handlers.tries()).toEqual([0, 1, 3, 7, 15]);
  });

  it("is unproven if the instance stays unreachable", async () => {
    const handlers = handlersAt([unknown]);
    await expect(handlers.adopt()).resolves.toHaveProperty("outs.unproven", true);
    expect(handlers.tries()).toEqual([0, 1, 3]);
    expect(handlers.lines).toContain(unverified);
  });
});

it("a password is not tried after the deadline, which is logged", async () => {
  const { session } = handlersOn({}, { verifyPassword: () => Promise.reject(new Error("was tried")) });
  const warn = jest.fn();
  const password = session.passwords.remember(new Secret(newPassword), makeFingerprint(newPassword));
  const news = { ...program({ verify }), password };
  const operation = startOperation(session, { ...silentLog, warn }, { ...news, timeoutSeconds: 0.2 });
  await expect(tryPassword(operation)).resolves.toMatchObject({ outcome: "unknown" });
  expect(warn.mock.calls).toEqual([
    ["the password could not be verified at 10.0.0.1:6379: timeoutSeconds left no time for it"],
  ]);
});

it.each([
  ["::1", "[::1]:6379"],
  ["[::1]", "[::1]:6379"],
  ["redis.example.com", "redis.example.com:6379"],
])("the address %s is shown in an unambiguous form", async (host, shown) => {
  const handlers = handlersAt([refused], { host, port: 6379 });
  const error = await catchError(() => handlers.update());
  expect(error).toHaveProperty("message", expect.stringContaining(`${shown} refuses the password`));
});

it("a reset without a task polls for a proof, with one attempt each time", async () => {
  const atMs: number[] = [];
  const known = listTasks(task(98));
  const handlers = handlersOn(
    { ResetPassword: { TaskId: 0 }, DescribeTaskList: known },
    {
      verifyPassword: () => {
        atMs.push(handlers.elapsedMs());
        return Promise.resolve(atMs.length < 4 ? refused : accepted);
      },
    },
  );
  const news = handlers.checked({ password: newPassword, verify });
  await expect(handlers.update(id, state(), news)).resolves.toMatchObject({ outs: { status: "done" } });
  // The last attempt verifies the password that the one before has proven.
  expect(atMs).toEqual([0, 2000, 4000, 6000, 6000]);
});
