import { create } from "../../support/handlers";
import { stopCalendar } from "../../support/clock";
import { adoptedUnproven, adoptedUnverified } from "../../support/lines";
import { captureOutput } from "../../support/output";
import { useRedisServers } from "../../support/redisServer";
import { checked, makeFingerprint, id, newPassword, withoutPassword } from "../../support/resource";
import {
  describeAccount,
  describeInstance,
  describeTasks,
  instances,
  isolated,
  listed,
  passwordFree,
  refuse,
  tasks,
  setAt,
  useScriptedApi,
} from "../../support/scriptedApi";
import { useProductionProfile } from "../../support/productionProfile";

const api = useScriptedApi();
const output = captureOutput();
const serve = useRedisServers();
const useProfile = useProductionProfile();

stopCalendar();

describe("an adoption", () => {
  const adopting = (changes: object = {}) => checked({ password: newPassword, onCreate: "adopt", ...changes });
  const adopted = (changes: object = {}) => ({
    stateVersion: 1,
    instanceId: "crs-5a4py64p",
    region: "ap-guangzhou",
    triggers: { month: "2026-01" },
    passwordFingerprint: makeFingerprint(newPassword),
    status: "done",
    ...changes,
  });

  const setBefore = describeAccount(setAt("2026-01-01 08:00:02"));
  const unproven = { unproven: true };

  it("records the instance, the password, when that was set and the newest task, and resets nothing", async () => {
    api.expect(
      describeInstance(instances("crs-5a4py64p")),
      describeTasks(tasks(0)),
      setBefore,
      describeTasks(listed({ TaskId: 16000 }, { TaskId: 15999, TaskType: "037", Result: 4 })),
    );
    await expect(create(adopting({ profile: undefined }))).resolves.toStrictEqual({
      id,
      outs: adopted({ newestTaskId: 16000, passwordTime: "2026-01-01 08:00:02", ...unproven }),
    });
    expect(output()).toEqual(["crs-5a4py64p: is adopted with its password, nothing was reset", adoptedUnproven]);
  });

  it("is proven if the instance accepts the password", async () => {
    const { port } = await serve("+OK\r\n");
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ verify: { host: "127.0.0.1", port } }))).resolves.toStrictEqual({
      id,
      outs: adopted({ newestTaskId: 0, passwordTime: "2026-01-01 08:00:02" }),
    });
    expect(output()).toEqual(["crs-5a4py64p: is adopted with its password, nothing was reset"]);
  });

  it("is unproven if the instance is unreachable", async () => {
    const { port, stop } = await serve();
    await stop();
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ verify: { host: "127.0.0.1", port } }))).resolves.toHaveProperty(
      "outs.unproven",
      true,
    );
    expect(output()).toContain(adoptedUnverified);
  });

  it.each([
    ["returns none", ""],
    ["returns another text", `${newPassword} 08:00:02`],
  ])("records no time if the service %s", async (_, time) => {
    api.expect(describeInstance(instances("crs-5a4py64p")), describeAccount(setAt(time)));
    await expect(create(adopting())).resolves.toStrictEqual({ id, outs: adopted({ newestTaskId: 0, ...unproven }) });
  });

  it("records the profile, so that a refresh uses it, too", async () => {
    useProfile();
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ profile: "production" }))).resolves.toHaveProperty("outs.profile", "production");
  });

  it("continues without reads that are denied, reports it, and is recorded as unchecked", async () => {
    api.expect(
      describeInstance(instances("crs-5a4py64p")),
      describeTasks(refuse("UnauthorizedOperation", "No.")),
      describeAccount(refuse("UnauthorizedOperation", "No.")),
      describeTasks(refuse("UnauthorizedOperation", "No.")),
    );
    await expect(create(adopting())).resolves.toStrictEqual({ id, outs: adopted({ unchecked: true, ...unproven }) });
    expect(output()).toEqual([
      expect.stringMatching(/^crs-5a4py64p: warning: other changes of the password could not be looked up: /),
      expect.stringMatching(/^crs-5a4py64p: warning: could not read when the password was last set: /),
      expect.stringMatching(/^crs-5a4py64p: warning: could not read which tasks have set the password: /),
      "crs-5a4py64p: is adopted with its password, nothing was reset",
      adoptedUnproven,
    ]);
  });

  it.each([
    [
      "no such instance",
      instances(),
      "Adoption failed: there is no instance crs-5a4py64p in ap-guangzhou. Check instanceId and region: an instance is " +
        "found in its own region only.",
    ],
    [
      "an instance without a password",
      passwordFree,
      'Adoption failed: crs-5a4py64p is in password-free mode and has no password. Set onCreate to "reset".',
    ],
    [
      "an isolated instance",
      isolated,
      "Adoption failed: the instance crs-5a4py64p is isolated. Restore the instance in the console, then run `pulumi up`.",
    ],
  ])("fails if there is %s", async (_, respond, message) => {
    api.expect(describeInstance(respond));
    await expect(create(adopting())).rejects.toThrow(message);
  });

  it("fails if the instance refuses the password", async () => {
    const { port } = await serve("-WRONGPASS invalid username-password pair\r\n");
    api.expect(describeInstance(instances("crs-5a4py64p")), setBefore);
    await expect(create(adopting({ verify: { host: "127.0.0.1", port } }))).rejects.toThrow(
      `Adoption failed: 127.0.0.1:${port} refuses the password: WRONGPASS invalid username-password pair. ` +
        "Set password to the one that crs-5a4py64p has.",
    );
  });

  it("requires the password, to detect when it changes", async () => {
    await expect(create(withoutPassword({ onCreate: "adopt" }))).rejects.toThrow(
      "this run has no password. Remove password from",
    );
  });
});
