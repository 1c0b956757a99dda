import { read } from "../../../provider/handlers";
import { skipWaiting } from "../support/clock";
import { type Respond, loseAnswer } from "../support/httpServer";
import { captureOutput } from "../support/output";
import { type State, id, state } from "../support/resource";
import {
  type Exchange,
  describeAccount,
  describeAccountChanges,
  describeInstance,
  describeSucceeded,
  instances,
  passwordFree,
  refuse,
  tasks,
  setAt,
  useScriptedApi,
} from "../support/scriptedApi";

const api = useScriptedApi();
const output = captureOutput();

skipWaiting();

const times = { taskStartTime: "2026-01-01 08:00:00", passwordTime: "2026-01-01 08:00:02" };

it.each<[string, Partial<State>, string[]]>([
  ["a reset whose time is not known", {}, []],
  [
    "a reset that is pending",
    { status: "pending", ...times },
    ["crs-5a4py64p: the next pulumi up waits for the last reset (task 11111 had not ended)"],
  ],
  [
    "a reset that is in doubt",
    { status: "failed", ...times },
    ["crs-5a4py64p: the last reset may not have been carried out; the next pulumi up resets the password"],
  ],
  [
    "drift that was found before",
    { status: "drifted", reason: "password-free mode is on", ...times },
    ["crs-5a4py64p: password-free mode is on; the next pulumi up resets the password"],
  ],
])("an instance that is there stays recorded as it is, with %s", async (_, changes, lines) => {
  api.expect(describeInstance(instances("crs-5a4py64p")));
  const recorded = state(changes);
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual(lines);
});

it("an instance whose password was set by our reset stays recorded as it is", async () => {
  api.expect(
    describeInstance(instances("crs-5a4py64p")),
    describeAccount(setAt("2026-01-01 08:00:02")),
    describeSucceeded(tasks(0)),
  );
  const recorded = state(times);
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  expect(output()).toEqual([]);
});

it.each<[string, Exchange[], string]>([
  ["lets everybody in", [describeInstance(passwordFree)], "password-free mode is on"],
  [
    "has another password",
    [
      describeInstance(instances("crs-5a4py64p")),
      describeAccount(setAt("2026-03-04 05:06:07")),
      describeSucceeded(tasks(0)),
      describeAccountChanges(tasks(0)),
    ],
    "somebody else, or a run that was killed, set the password at 2026-03-04 05:06:07, the service's time",
  ],
])("that an instance %s is recorded with the reason, and said", async (_, exchanges, reason) => {
  api.expect(...exchanges);
  const recorded = state(times);
  const props = { ...recorded, status: "drifted", reason };
  await expect(read(id, recorded)).resolves.toStrictEqual({ id, props });
  expect(output()).toEqual([`crs-5a4py64p: ${reason}; the next pulumi up resets the password`]);
});

it("the credentials are those of the profile that is recorded", async () => {
  Reflect.deleteProperty(process.env, "TENCENTCLOUD_SECRET_ID");
  Reflect.deleteProperty(process.env, "TENCENTCLOUD_SECRET_KEY");
  process.env.TENCENTCLOUD_SHARED_CREDENTIALS_DIR = "/nonexistent";
  await expect(read(id, state({ profile: "production" }))).rejects.toThrow(
    "Profile production: /nonexistent/production.credential does not exist",
  );
});

it.each(["", "crs-5a4py64p", "ap-guangzhou/"])("an id that names no instance is none that is gone: %j", async (odd) => {
  await expect(read(odd, state())).rejects.toThrow("is not one of this package: <region>/<instanceId>");
});

it.each([
  ["in no list", instances()],
  ["not the one in the list", instances("crs-another1")],
  ["not found", refuse("ResourceNotFound.InstanceNotExists", "No such instance.")],
])("an instance that is gone is forgotten: %s", async (_, respond) => {
  api.expect(describeInstance(respond));
  await expect(read(id, state())).resolves.toStrictEqual({ id: "" });
  expect(output()).toEqual(["crs-5a4py64p: is gone"]);
});

it.each<[string, Respond, string]>([
  ["the service refuses to tell", refuse("AuthFailure.SecretIdNotFound", "No."), "ApiError"],
  ["the service's answer is none", (response) => response.end("<html></html>"), "TransportError"],
])("an instance is not forgotten when %s", async (_, respond, name) => {
  api.expect(describeInstance(respond));
  // Pulumi would print the stack.
  await expect(read(id, state())).rejects.toMatchObject({ name, stack: "" });
});

it("an instance is not forgotten when no answer comes, however often it is asked for", async () => {
  api.expect({ ...describeInstance(loseAnswer), anyTimes: true });
  await expect(read(id, state())).rejects.toMatchObject({ name: "TransportError" });
});

it.each([1, 2])("an answer that is lost is asked for again, which is said once: %d times", async (times) => {
  const lost = Array.from({ length: times }, () => describeInstance(loseAnswer));
  api.expect(...lost, describeInstance(instances("crs-5a4py64p")));
  await expect(read(id, state())).resolves.toHaveProperty("id", id);
  expect(output()).toEqual([
    expect.stringMatching(/^crs-5a4py64p: trying again, DescribeInstances got no usable answer: other side closed \(/),
  ]);
});
