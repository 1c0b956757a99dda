import { PartialFailure } from "../../../provider/resource/operation/partialFailure";
import { createHandlers } from "../../../provider/engine/createHandlers";
import { recordFailure } from "../../../provider/engine/recordedFailure";
import { withSecretMarks } from "../../../provider/engine/secretMarks";
import { Session } from "../../../provider/resource/session/session";
import { catchError } from "../support/failure";
import { makeFingerprint, oldPassword, program, state } from "../support/resource";

const recorded = makeFingerprint(oldPassword);
/** As Pulumi's wire protocol marks a secret. */
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

type Handlers = ReturnType<typeof createHandlers>;

/** Marks what some handlers answer. */
function marking(answers: Partial<Record<keyof Handlers, () => unknown>>): Record<keyof Handlers, jest.Mock> {
  const handlers = { ...createHandlers(new Session(), () => undefined), ...answers } as Handlers;
  return withSecretMarks(handlers) as unknown as Record<keyof Handlers, jest.Mock>;
}

it("the fingerprint that check records for the password is marked, and nothing else", () => {
  expect(marking({}).check({}, program())).toStrictEqual({ inputs: program({ password: secret(recorded) }) });
});

const outputs = state();
const marked = { ...outputs, passwordFingerprint: secret(recorded) };

it.each<["create" | "read" | "update", object, object]>([
  ["create", { id: "an id", outs: outputs }, { id: "an id", outs: marked }],
  ["read", { id: "an id", props: outputs }, { id: "an id", props: marked }],
  ["read", { id: "" }, { id: "" }],
  ["update", { outs: outputs }, { outs: marked }],
])("the fingerprint among the outputs of %s is marked: %j", async (name, answer, expected) => {
  const handlers = marking({ [name]: () => Promise.resolve(answer) });
  expect(await handlers[name]("an id", outputs, outputs)).toStrictEqual(expected);
});

it.each(["create", "update"] as const)(
  "a failed %s marks the fingerprint and the triggers that were sent",
  async (name) => {
    const recordedState = { ...outputs, sentTriggers: { day: "1" } };
    const failure = recordFailure(new PartialFailure(recordedState, "the task had not ended"), outputs.__provider);
    const handlers = marking({ [name]: () => Promise.reject(failure) });
    const { id, reasons } = failure;
    const thrown = await catchError(() => handlers[name]("an id", outputs, outputs) as unknown);
    expect(thrown).toMatchObject({ name: "RecordedFailure", message: "the task had not ended", id, reasons });
    expect(thrown).toHaveProperty("properties", { ...marked, sentTriggers: secret({ day: "1" }) });
    expect(failure.properties).toStrictEqual(recordedState);
  },
);

it("any other error stays unchanged", async () => {
  const failure = new Error("no such instance");
  const handlers = marking({ create: () => Promise.reject(failure) });
  expect(await catchError(() => handlers.create(outputs) as unknown)).toBe(failure);
});

it.each(["check", "diff", "create", "read", "update", "delete"] as const)(
  "%s treats a marked value like a plain one",
  async (name) => {
    const method = jest.fn(() => ({ inputs: {}, outs: {} }));
    const given = { ...marked, triggers: secret({ month: secret("1") }), ports: [secret(1)], nothing: null };
    const meant = { ...outputs, triggers: { month: "1" }, ports: [1], nothing: null };
    const args = ["check", "create"].includes(name) ? [given, given] : ["an id", given, given];
    await marking({ [name]: method })[name](...args);
    const calls: unknown[] = method.mock.calls.flat();
    expect(calls.filter((argument) => typeof argument === "object")).toEqual(expect.arrayContaining([meant]));
    expect(JSON.stringify(calls)).not.toContain("4dabf18193072939515e22adb298388d");
  },
);
