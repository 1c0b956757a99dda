import type { CommandResult } from "../../../tools/command";
import { kill, until, withDescendants } from "../../../tools/processes";
import { step } from "../../support/step";
import { expectSuccess } from "../support/expectSuccess";
import { Fixture, cacheArgs, shown } from "../support/fixture";
import { send, untilDone } from "../support/localRequests";
import { declaring } from "../support/outcome";

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const ofRoot = "root-Passw0rd";
const started = { app: "app-Passw0rd", jobs: "jobs-Passw0rd" };

const app = 'set("app", { account: "app" });';
const jobs = 'set("jobs", { account: "jobs", password: process.env.OTHER_PASSWORD });';

let fixture: Fixture;
afterEach(() => fixture.dispose());

async function begin(body: string): Promise<void> {
  const instances = { [cacheArgs.instanceId]: { password: ofRoot, accounts: started } };
  fixture = await Fixture.create(declaring(body), { instances });
}

const declare = (body: string): void => fixture.write("index.js", declaring(body));

/** Runs an up, which must succeed. */
async function up(password: string, ...args: string[]): Promise<string> {
  const result = await fixture.up(password, { OTHER_PASSWORD: second }, args);
  expectSuccess(result);
  return shown(result);
}

const previewWithoutChanges = (password: string): Promise<CommandResult> =>
  fixture.preview(password, { OTHER_PASSWORD: second }, ["--expect-no-changes"]);

const sent = (action: string): number => fixture.requests.filter((request) => request.action === action).length;

/** Expects the passwords with which the accounts sign in at the Redis server: the initial ones unless given. */
async function expectPasswords(passwords: { root?: string; app?: string; jobs?: string } = {}): Promise<void> {
  const [instance] = fixture.cloud.instances;
  for (const [name, password] of Object.entries({ root: ofRoot, ...started, ...passwords })) {
    expect({ name, isAccepted: await instance?.accepts(password, name) }).toEqual({ name, isAccepted: true });
  }
}

it("an account is created, changed, refreshed, replaced and deleted, and no other one changes", async () => {
  await begin(app);

  await step("a preview needs nothing, and an up sets its password", async () => {
    expect(shown(await fixture.preview(first))).toContain("crs-5a4py64p/app: the password will be set");
    expect(fixture.requests).toEqual([]);
    await up(first);
    await expectPasswords({ app: first });
    const cache = await fixture.cache();
    expect(cache).toMatchObject({ id: "ap-guangzhou/crs-5a4py64p/app", outputs: { account: "app", status: "done" } });
    expect([sent("ModifyInstanceAccount"), sent("ResetPassword")]).toEqual([1, 0]);
  });

  await step("a changed password and a changed trigger each set it again, and nothing else does", async () => {
    expect(await previewWithoutChanges(first)).toMatchObject({ code: 0 });
    await up(second);
    await expectPasswords({ app: second });
    declare('set("app", { account: "app", triggers: { rotation: "2" } });');
    expect(await up(second)).toContain("the password will be reset (trigger rotation changed)");
    await up(second, "--refresh", "--expect-no-changes");
    expect(sent("ModifyInstanceAccount")).toBe(3);
  });

  await step("a change by somebody else is drift", async () => {
    await changeAsSomebodyElse("app");
    expect(await up(second, "--refresh")).toContain("crs-5a4py64p/app: somebody else or a killed run set");
    await expectPasswords({ app: second });
  });

  await step("another account replaces the resource, and the old one is left as it is", async () => {
    declare('set("app", { account: "jobs" });');
    expect(await up(first)).toContain(
      "crs-5a4py64p/app: the resource, not the instance, will be replaced, and the account jobs of crs-5a4py64p gets the password (account changed)",
    );
    await expectPasswords({ app: second, jobs: first });
    expect((await fixture.cache()).id).toBe("ap-guangzhou/crs-5a4py64p/jobs");
  });

  await step("a destroy sends nothing", async () => {
    const { length } = fixture.requests;
    expect(await fixture.pulumi(["destroy", "--yes"])).toMatchObject({ code: 0 });
    expect(fixture.requests.length).toBe(length);
    await expectPasswords({ app: second, jobs: first });
  });
});

/** Sets the password of an account by hand, like the console, with a client that is not under test. */
async function changeAsSomebodyElse(account: string): Promise<void> {
  const body = { InstanceId: cacheArgs.instanceId, AccountName: account, AccountPassword: "foreign-Passw0rd" };
  const { TaskId = NaN } = await send(fixture.cloud, { action: "ModifyInstanceAccount", body });
  await untilDone(fixture.cloud, TaskId);
}

it("naming the default account, or no longer naming it, is no change", async () => {
  await begin('set("cache");');
  await up(first);
  const before = await fixture.cache();
  expect(before.inputs).not.toHaveProperty("account");
  expect(before.outputs).not.toHaveProperty("account");
  for (const body of ['set("cache", { account: "root" });', 'set("cache");']) {
    declare(body);
    expect(await previewWithoutChanges(first)).toMatchObject({ code: 0 });
    await up(first, "--refresh", "--expect-no-changes");
    expect(await fixture.cache()).toMatchObject({ id: before.id, inputs: before.inputs, outputs: before.outputs });
  }
  expect([sent("ResetPassword"), sent("ModifyInstanceAccount")]).toEqual([1, 0]);
  await expectPasswords({ root: first });
});

it("two accounts and the default one get their passwords in one up, and rotating one is no drift of the others", async () => {
  await begin(`set("cache"); ${app} ${jobs}`);
  await up(first);
  await expectPasswords({ root: first, app: first, jobs: second });
  declare(`set("cache"); set("app", { account: "app", triggers: { rotation: "2" } }); ${jobs}`);
  await up(first);
  const refresh = await up(first, "--refresh", "--expect-no-changes");
  expect(refresh).not.toContain("crs-5a4py64p");
  expect([sent("ResetPassword"), sent("ModifyInstanceAccount")]).toEqual([1, 3]);
  await expectPasswords({ root: first, app: first, jobs: second });
});

it("an account that does not exist is rejected with a hint on how to create it, and nothing is sent", async () => {
  await begin('set("app", { account: "missing" });');
  const result = await fixture.up(first);
  expect(result.code).not.toBe(0);
  expect(shown(result)).toContain(
    "ModifyInstanceAccount failed: the instance crs-5a4py64p has no account missing. Create the account in the console",
  );
  expect(sent("ModifyInstanceAccount")).toBe(0);
  await expect(fixture.cache()).rejects.toThrow("the state holds no RedisInstancePassword");
});

it.each([
  ["an empty name", 'set("app", { account: "" });', /account: must be the name of an account/],
  ["a name with an @", 'set("app", { account: "a@b" });', /account: must be the name of an account/],
  ["a name with a slash", 'set("app", { account: "a/b" });', /account: must be the name of an account/],
  ["a name with a line end", 'set("app", { account: "app\\n" });', /account: must be the name of an account/],
  ["two resources for one account", `${app} set("same", { account: "app" });`, /set the password of the same account/],
  ["the default account twice", 'set("one"); set("two", { account: "root" });', /set the password of the same account/],
])("a preview refuses %s", async (_, body, message) => {
  await begin(body);
  const preview = await fixture.preview(first);
  expect(preview.code).not.toBe(0);
  expect(shown(preview)).toMatch(message);
  expect(fixture.requests).toEqual([]);
});

describe("a reset that was sent but not recorded", () => {
  beforeEach(async () => {
    await begin(app);
    await up(first);
  });

  it("has lost its response: the same password is sent again, and the up succeeds", async () => {
    fixture.cloud.addFault("ModifyInstanceAccount=drop-response*1");
    await up(second);
    await expectPasswords({ app: second });
    expect((await fixture.cache()).outputs).toMatchObject({ status: "done" });
    expect(sent("ModifyInstanceAccount")).toBe(3);
    await up(second, "--refresh", "--expect-no-changes");
  });

  it("is from a run that was killed: the next run sends the password again", async () => {
    fixture.cloud.addFault("ModifyInstanceAccount=task-stuck*1");
    let engine = 0;
    const args = ["up", "--yes", "--skip-preview"];
    const running = fixture.pulumi(args, { REDIS_PASSWORD: second }, { onStart: (id) => (engine = id) });
    await until(() => sent("ModifyInstanceAccount") === 2);
    for (const { id } of withDescendants(engine)) kill(id);
    await running;
    fixture.cloud.clearFaults();
    await fixture.pulumi(["cancel", "--yes"]);
    await up(second);
    await expectPasswords({ app: second });
    expect(sent("ModifyInstanceAccount")).toBe(3);
    expect((await fixture.cache()).outputs).toMatchObject({ status: "done" });
  });
});
