import { createMethods } from "../../../provider/engine/plugin/createMethods";
import { handlersOn, serviceTime } from "../support/fakeService";
import { type State, id, instanceId, newPassword, oldPassword, program, state, without } from "../support/resource";

/** Both front ends in one process with one service, to try each on a state of the other one. */
function frontEnds() {
  const handlers = handlersOn();
  const urn = "urn:pulumi:dev::project::tencentcloud-redis:index:RedisInstancePassword::cache";
  const methods = createMethods(handlers.session, () => undefined);
  const checkByPlugin = (password: string) => {
    const inputs = without(program({ password }), "__provider");
    return methods.check({ urn, oldInputs: {}, inputs }).inputs;
  };
  return { handlers, methods, urn, checkByPlugin };
}

const byPlugin = (changes: Partial<State> = {}) => without(state(changes), "__provider") as State;
/** The plugin's value for the password in SDKs. */
const standIn = { password: "[not recorded]" };

const pending = { status: "pending", taskId: 100, resetAt: new Date(0).toISOString() } as const;
const drifted = { status: "drifted", reason: "somebody was here" } as const;
const moves = "crs-5a4py64p: moves from the provider plugin to the class, nothing will be reset";

describe("the class, with a state of the plugin", () => {
  it("plans an update, which sends nothing, and only adds the provider's text to its outputs", async () => {
    const { handlers } = frontEnds();
    const news = handlers.checked();
    const { diff, update, lines, sent } = handlers;
    expect(diff(id, byPlugin(), news)).toEqual({ changes: true });
    expect(lines).toEqual([moves]);
    await expect(update(id, byPlugin(), news as never)).resolves.toEqual({ outs: byPlugin() });
    const recorded = { ...byPlugin(), ...standIn };
    await expect(update(id, recorded, news as never)).resolves.toEqual({ outs: byPlugin() });
    expect(sent).toEqual([]);
  });

  it.each([
    ["resets another password", {}, { password: newPassword }, "the password will be reset (password changed)"],
    ["resets a drifted password", drifted, {}, "the password will be reset (somebody was here)"],
    ["completes a pending reset", pending, {}, "the last reset will be completed (task 100)"],
  ])("%s, and logs only that", (_, changes: Partial<State>, inputs, line) => {
    const { handlers } = frontEnds();
    expect(handlers.diff(id, byPlugin(changes), handlers.checked(inputs))).toEqual({ changes: true });
    expect(handlers.lines).toEqual([`${instanceId}: ${line}`]);
  });
});

describe("the plugin, with a state of the class", () => {
  it("finds nothing to do", () => {
    const { methods, urn, checkByPlugin } = frontEnds();
    const inputs = checkByPlugin(oldPassword);
    expect(methods.diff({ urn, outputs: { ...state() }, inputs }).size).toBe(0);
  });

  it("completes a pending reset, and records no text of the class", async () => {
    const { methods, urn, checkByPlugin, handlers } = frontEnds();
    const call = { urn, outputs: { ...state(pending) }, inputs: checkByPlugin(oldPassword) };
    expect([...methods.diff(call).keys()]).toEqual(["status"]);
    const outputs = await methods.update({ ...call, isPreview: false, timeoutSeconds: 0 });
    expect(outputs).toMatchObject({ status: "done", taskId: 100 });
    expect(outputs).not.toHaveProperty("__provider");
    expect(handlers.count("ResetPassword")).toBe(0);
  });

  it("records no text of the class at a refresh", async () => {
    const { methods, urn } = frontEnds();
    const passwordTime = serviceTime(0);
    const outputs = { ...state({ taskId: 100, newestTaskId: 100, taskStartTime: passwordTime, passwordTime }) };
    expect((await methods.read({ urn, id, outputs })).outputs).toMatchObject(byPlugin({ taskId: 100 }));
    expect((await methods.read({ urn, id, outputs })).outputs).not.toHaveProperty("__provider");
  });

  it("records no text of the class if an update has nothing to do", async () => {
    const { methods, urn, checkByPlugin } = frontEnds();
    const inputs = checkByPlugin(oldPassword);
    for (const isPreview of [true, false]) {
      const call = { urn, outputs: { ...state() }, inputs, isPreview, timeoutSeconds: 0 };
      expect(await methods.update(call)).toEqual({ ...byPlugin(), ...standIn });
    }
  });
});
