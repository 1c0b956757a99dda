import type { Properties } from "../protocol/support/struct";
import { EmulatedCloud } from "./support/emulatedCloud";
import { Stack, type UpOptions } from "./support/engine";
import type { Declaration } from "./support/program";
import { received } from "./support/providerMethods";
import { rememberSlowHashes } from "./support/slowHash";

const instanceId = "crs-5a4py64p";
const first = "first-Passw0rd";
const second = "second-Passw0rd";

let cloud: EmulatedCloud;
let stack: Stack;
let calls: [method: string, ...args: readonly unknown[]][];

beforeAll(async () => {
  rememberSlowHashes();
  cloud = await EmulatedCloud.start({ instances: { [instanceId]: "start-Passw0rd", "crs-other": "other-Passw0rd" } });
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  await cloud.begin();
  stack = new Stack(cloud);
  calls = [];
});

const declare = (inputs: Properties = {}, rest: Partial<Declaration> = {}): Declaration => ({
  name: "cache",
  inputs: { instanceId, region: "ap-guangzhou", password: first, ...inputs },
  ...rest,
});

/** Runs an up, and forgets the calls before it. */
function up(inputs: Properties = {}, options: UpOptions = {}, rest: Partial<Declaration> = {}) {
  calls = [];
  return stack.up([declare(inputs, rest)], { ...options, onCall: (...call) => calls.push(call) });
}

const methods = () => calls.map(([method]) => method);
const recorded = () => stack.checkpoint.resources[0];
const listArguments = (method: string) => calls.filter(([name]) => name === method).map(([, ...args]) => args);

it("checks a new resource without recorded inputs, and creates it", async () => {
  expect(await up()).toMatchObject({ code: 0, steps: ["create cache"] });
  expect(methods()).toEqual(["check", "create"]);
  expect(listArguments("check")).toEqual([[{}, expect.objectContaining({ password: first, __claim: 1 })]]);
  expect(recorded()).toMatchObject({ id: `ap-guangzhou/${instanceId}`, outputs: { status: "done" } });
});

it("compares the recorded outputs with the checked inputs, and records inputs that lead to no change", async () => {
  await up();
  const before = recorded();
  expect(await up({ timeoutSeconds: 77 })).toMatchObject({ code: 0, steps: ["same cache"] });
  expect(methods()).toEqual(["check", "diff"]);
  expect(listArguments("check")[0]?.[0]).toEqual(before?.inputs);
  expect(listArguments("diff")[0]?.[1]).toEqual(before?.outputs);
  expect(recorded()).toEqual({ ...before, inputs: { ...before?.inputs, timeoutSeconds: 77 } });
});

it("passes the recorded value instead of an ignored change", async () => {
  await up();
  expect(await up({ password: second }, {}, { ignoreChanges: ["password"] })).toMatchObject({ steps: ["same cache"] });
  expect(listArguments("check")[0]?.[1]).toMatchObject({ password: recorded()?.inputs.password });
});

it("checks a replacement a second time, without recorded inputs and with the program's inputs", async () => {
  await up();
  const ignoreChanges = ["password"];
  const moved = await up({ instanceId: "crs-other", password: second }, {}, { ignoreChanges });
  expect(moved.code).toBe(1);
  expect(methods()).toEqual(["check", "diff"]);
  expect(await up({ instanceId: "crs-other", password: second })).toMatchObject({ code: 0 });
  expect(methods()).toEqual(["check", "diff", "check", "create", "delete"]);
  expect(listArguments("check")[1]).toEqual([{}, expect.objectContaining({ password: second })]);
});

it.each(["--replace", "a taint"])("calls no diff for %s, and checks without recorded inputs", async (way) => {
  await up();
  if (way === "a taint") stack.taint("cache");
  const options = way === "a taint" ? {} : { replace: ["cache"] };
  expect(await up({}, options)).toMatchObject({ code: 0, steps: ["replace cache", "delete cache"] });
  expect(methods()).toEqual(["check", "create", "delete"]);
  expect(listArguments("check")[0]?.[0]).toEqual({});
  expect(stack.checkpoint.resources).toHaveLength(1);
  expect(recorded()).not.toHaveProperty("taint");
});

it("deletes the old resource before its replacement if the program asks for it", async () => {
  await up();
  const moved = await up({ instanceId: "crs-other" }, {}, { deleteBeforeReplace: true });
  expect(moved).toMatchObject({ code: 0, steps: ["replace cache", "delete cache"] });
  expect(methods()).toEqual(["check", "diff", "check", "delete", "create"]);
  expect(stack.checkpoint.resources).toHaveLength(1);
});

it("records a partially failed creation, and updates it even without a difference", async () => {
  cloud.addFault("ResetPassword=task-slow:9*1");
  expect(await up({ timeoutSeconds: 4 })).toMatchObject({ code: 1 });
  expect(recorded()).toMatchObject({ inputs: { timeoutSeconds: 4 }, outputs: { status: "pending" } });
  expect(recorded()?.initErrors).toEqual([expect.stringContaining("was still running after 4 s")]);
  expect(await up()).toMatchObject({ code: 0, steps: ["update cache"] });
  expect(recorded()).not.toHaveProperty("initErrors");
});

it("keeps the old inputs, and takes the new outputs, after a partially failed update", async () => {
  await up();
  const before = recorded();
  cloud.addFault("ResetPassword=task-slow:9*1");
  expect(await up({ password: second, timeoutSeconds: 4 })).toMatchObject({ code: 1 });
  expect(recorded()?.inputs).toEqual(before?.inputs);
  expect(recorded()?.outputs).toMatchObject({ status: "pending" });
});

it("clears a partial failure at a refresh, and compares without a check", async () => {
  cloud.addFault("ResetPassword=task-slow:9*1");
  await up({ timeoutSeconds: 4 });
  calls = [];
  expect(await stack.refresh({ onCall: (...call) => calls.push(call) })).toMatchObject({ code: 0 });
  expect(methods()).toEqual(["read", "diff"]);
  expect(recorded()).not.toHaveProperty("initErrors");
});

it("deletes resources at the end that the program no longer declares", async () => {
  await up();
  expect(await up({ instanceId: "crs-other" }, {}, { name: "other" })).toMatchObject({
    code: 0,
    steps: ["create other", "delete cache"],
  });
  expect(stack.checkpoint.resources.map(({ name }) => name)).toEqual(["other"]);
});

it("treats a renamed resource as another one, unless it has an alias", async () => {
  await up();
  expect(await up({}, {}, { name: "renamed", aliases: ["cache"] })).toMatchObject({ steps: ["same renamed"] });
  expect(await up({}, {}, { name: "again" })).toMatchObject({ steps: ["create again", "delete renamed"] });
});

it("ends a run at the first failed check, and carries out no further step", async () => {
  const wrong = declare({ password: "short" });
  const result = await stack.up([wrong, declare({ instanceId: "crs-other" }, { name: "other" })]);
  expect(result).toMatchObject({ code: 1, steps: [] });
  expect(result.lines[0]).toContain("password: must have at least 8 characters");
  expect(stack.checkpoint.resources).toEqual([]);
});

it("records nothing in a preview, and sends nothing", async () => {
  expect(await stack.preview([declare()])).toMatchObject({ code: 0, steps: ["create cache"] });
  expect(stack.checkpoint.resources).toEqual([]);
  expect(cloud.requests).toEqual([]);
});

it("throws for undefined among outputs, like gRPC", () => {
  expect(() => received({ taskId: undefined })).toThrow("Unexpected struct type");
});

describe("a killed run", () => {
  it("leaves the last checkpoint, with the pending operation", async () => {
    await up();
    const before = recorded();
    expect(await up({ password: second }, { killAt: 3 })).toMatchObject({ code: undefined });
    expect(stack.checkpoint).toEqual({ resources: [before], pendingOperations: [{ name: "cache", type: "updating" }] });
  });

  it("sends nothing more, while its tasks continue", async () => {
    const whole = await up();
    expect(whole.code).toBe(0);
    await cloud.begin();
    stack = new Stack(cloud);
    for (let killAt = 0; ; killAt++) {
      const sent = cloud.requests.length;
      const { code, run } = await up({}, { killAt });
      if (code === 0) break;
      const after = cloud.requests.length;
      expect(stack.checkpoint.resources).toEqual([]);
      await cloud.time.pass(20_000);
      const late = cloud.requests.slice(after);
      // What was under way arrives.
      expect(late.length).toBeLessThanOrEqual(1);
      expect(cloud.requests.slice(sent).every((request) => request.run === run)).toBe(true);
      expect(cloud.tasks.every(({ status }) => status === "succeed")).toBe(true);
    }
    expect(await cloud.accepts(first, instanceId)).toBe(true);
  });
});
