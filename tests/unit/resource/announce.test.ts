import { handlersOn } from "../support/fakeService";
import { makeFingerprint, id, newPassword, oldPassword, program, state, unknown } from "../support/resource";

const set = ": the password will be set";
const adopted = ": will be adopted with its password";
const either = ": the password will be set, or adopted";

describe("the check of a new resource", () => {
  it.each<[string, object, string[]]>([
    ["a reset", {}, [`crs-5a4py64p${set}`]],
    ["a reset to a password that is not known yet", { password: unknown }, [`crs-5a4py64p${set}`]],
    ["an adoption", { onCreate: "adopt" }, [`crs-5a4py64p${adopted}`]],
    [
      "an adoption with verify",
      { onCreate: "adopt", verify: { host: "10.0.0.1", port: 6379 } },
      [`crs-5a4py64p${adopted}`],
    ],
    ["a reset or an adoption if onCreate is not known yet", { onCreate: unknown }, [`crs-5a4py64p${either}`]],
    ["a reset of an instance that is not known yet", { instanceId: unknown }, [`an instance not known yet${set}`]],
    [
      "a reset of an account that is not known yet",
      { account: unknown },
      ["crs-5a4py64p: the password of an account not known yet will be set"],
    ],
    ["a reset in a region that is not known yet", { region: unknown }, [`crs-5a4py64p${set}`]],
    [
      "a reset or an adoption of an instance that is not known yet",
      { instanceId: unknown, onCreate: "adopt" },
      [`an instance not known yet${either}`],
    ],
    [
      "a reset or an adoption in a region that is not known yet",
      { region: unknown, onCreate: "adopt" },
      [`crs-5a4py64p${either}`],
    ],
    ["nothing if an input is invalid", { password: "short" }, []],
  ])("announces %s", (_, changes, lines) => {
    const handlers = handlersOn();
    handlers.check({}, program(changes));
    expect(handlers.lines).toEqual(lines);
  });

  it("announces the creation once if it is checked again", () => {
    const handlers = handlersOn();
    for (let checks = 0; checks < 2; checks++) handlers.check({}, program());
    expect(handlers.lines).toEqual([`crs-5a4py64p${set}`]);
  });

  it.each<[string, object, string]>([
    ["instances", { instanceId: unknown }, "an instance not known yet"],
    ["regions", { region: unknown }, "crs-5a4py64p"],
  ])("announces each of two resources whose %s are not known yet", (_, changes, subject) => {
    const handlers = handlersOn();
    for (const __claim of [1, 2]) {
      expect(handlers.check({}, program({ ...changes, __claim })).failures).toBeUndefined();
    }
    expect(handlers.lines).toEqual([`${subject}${set}`, `${subject}${set}`]);
  });

  it("announces nothing for a resource in the state", () => {
    const handlers = handlersOn();
    handlers.check(program({ password: makeFingerprint(oldPassword) }), program({ password: newPassword }));
    expect(handlers.lines).toEqual([]);
  });
});

describe("the second check of a replacement, which has no olds", () => {
  const olds = program({ password: makeFingerprint(oldPassword) });

  it.each<[string, object, string[]]>([
    [
      "announces what happens to the new instance",
      { instanceId: "crs-another1" },
      [
        "crs-5a4py64p: the resource, not the instance, will be replaced, and another instance gets the password (instanceId changed)",
        `crs-another1${set}`,
      ],
    ],
    [
      "announces what happens to the instance in the other region",
      { region: "ap-shanghai", onCreate: "adopt" },
      [
        "crs-5a4py64p: the resource, not the instance, will be replaced, and crs-5a4py64p in ap-shanghai will be adopted with its password (region changed)",
        `crs-5a4py64p${adopted}`,
      ],
    ],
    [
      "shows no placeholder if the region is not known yet",
      { region: unknown },
      [
        "crs-5a4py64p: the resource, not the instance, will be replaced, and an instance in another region gets the password (region not known yet)",
        `crs-5a4py64p${set}`,
      ],
    ],
    [
      "announces nothing more for the same instance, as with replaceOnChanges",
      { password: newPassword },
      ["crs-5a4py64p: the password will be reset (password changed)"],
    ],
    [
      "announces the reset of the same instance if there is no difference, as with --replace",
      {},
      [`crs-5a4py64p${set}`],
    ],
  ])("%s", (_, changes, lines) => {
    const handlers = handlersOn();
    const news = handlers.check(olds, program(changes)).inputs as Parameters<typeof handlers.diff>[2];
    handlers.diff(id, state(), news);
    handlers.check({}, program(changes));
    expect(handlers.lines).toEqual(lines);
  });
});

describe("the deletion after a reset in the same run", () => {
  const deletes = "crs-5a4py64p: deleting the resource does not change the instance or its password";

  it.each(["pending", "failed", "drifted"] as const)(
    "does not repeat the warning about an earlier state that was %s",
    async (status) => {
      const handlers = handlersOn();
      await handlers.create(handlers.checked());
      handlers.delete(id, state({ status }));
      expect(handlers.lines).toEqual(["crs-5a4py64p: the password was reset (task 100)", deletes]);
    },
  );

  it("keeps the warning if that reset has failed", async () => {
    const handlers = handlersOn({ DescribeTaskInfo: { Status: "failed" } });
    await handlers.create(handlers.checked()).catch(() => undefined);
    handlers.delete(id, state({ status: "failed" }));
    expect(handlers.lines).toEqual([deletes, expect.stringMatching(/: warning: which password is set was not known/)]);
  });
});
