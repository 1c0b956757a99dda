import { formatId, parseId } from "../../../../provider/resource/contract/accountIdentity";
import { type Replaced, handlersOn } from "../../support/fakeService";
import {
  type CheckedInputs,
  type State,
  accountId,
  accountState,
  id,
  makeFingerprint,
  newPassword,
  oldPassword,
  program,
  state,
  unknown,
} from "../../support/resource";

type Handlers = ReturnType<typeof handlersOn>;

/** Returns the inputs that check records for a program. */
const recordedBy = ({ check }: Pick<Handlers, "check">, changes: object, olds: object = {}): CheckedInputs =>
  (check(olds, program(changes)) as { inputs: CheckedInputs }).inputs;

const checkedFingerprint = (changes: object) => recordedBy(handlersOn(), changes).password;

describe("the default account, in every spelling", () => {
  it.each([{ account: "root" }, { account: null }, { account: undefined }])(
    "is in no recorded input or output, and in no line: %j",
    async (given) => {
      const run = async (changes: object) => {
        const handlers = handlersOn();
        const inputs = recordedBy(handlers, changes);
        const created = await handlers.create(inputs);
        return {
          inputs: JSON.stringify(inputs),
          created: JSON.stringify(created),
          lines: handlers.lines,
          sent: handlers.sent,
        };
      };
      expect(await run(given)).toEqual(await run({}));
    },
  );

  it.each([
    ["adding root", {}, { account: "root" }],
    ["removing root", { account: "root" }, {}],
    ["null instead of root", { account: "root" }, { account: null }],
  ])("is not changed by %s", (_, before, after) => {
    const olds = recordedBy(handlersOn(), before);
    const { check, diff, lines } = handlersOn();
    const news = recordedBy({ check }, after, olds);
    expect(JSON.stringify(news)).toBe(JSON.stringify(olds));
    expect(diff(id, state(), news)).toEqual({ changes: false });
    expect(lines).toEqual([]);
  });

  it("does not include a name with a capital letter", () => {
    expect(checkedFingerprint({ account: "ROOT" })).not.toBe(checkedFingerprint({}));
  });
});

describe("the identity of an account", () => {
  it.each([
    [{ region: "ap-guangzhou", instanceId: "crs-5a4py64p" }, id],
    [{ region: "ap-guangzhou", instanceId: "crs-5a4py64p", account: "app" }, accountId],
  ])("%j has the id %s, in both directions", (identity, text) => {
    expect(formatId(identity)).toBe(text);
    expect(parseId(text)).toStrictEqual(identity);
  });

  it.each(["", "crs-5a4py64p", `${id}/`, `${accountId}/more`, "/crs-5a4py64p", "ap-guangzhou//app"])(
    "the id %j is rejected",
    (text) => {
      expect(() => parseId(text)).toThrow(
        `The id ${text} is not one of this package: <region>/<instanceId>, or with /<account>`,
      );
    },
  );

  it("salts the fingerprint: the same password looks different for two accounts", () => {
    const fingerprints = ["app", "spare", undefined].map((account) => checkedFingerprint({ account }));
    expect(new Set(fingerprints).size).toBe(3);
    expect(fingerprints).toEqual(["app", "spare", undefined].map((account) => makeFingerprint(oldPassword, account)));
  });
});

describe("a change of the account", () => {
  const gets = (whom: string, reason = "account changed") =>
    `the resource, not the instance, will be replaced, and ${whom} gets the password (${reason})`;

  it.each([
    ["to a custom account", state(), { account: "app" }, `crs-5a4py64p: ${gets("the account app of crs-5a4py64p")}`],
    [
      "to another custom account",
      accountState(),
      { account: "spare" },
      `crs-5a4py64p/app: ${gets("the account spare of crs-5a4py64p")}`,
    ],
    ["to the default account", accountState(), {}, `crs-5a4py64p/app: ${gets("the account root of crs-5a4py64p")}`],
    [
      "to an account not known yet",
      state(),
      { account: unknown },
      `crs-5a4py64p: ${gets("another account of crs-5a4py64p", "account not known yet")}`,
    ],
  ])("replaces the resource: %s", (_, olds, changes, line) => {
    const { checked, diff, lines } = handlersOn();
    expect(diff("an id", olds, checked(changes))).toEqual({ changes: true, replaces: ["account"] });
    expect(lines).toEqual([line]);
  });

  it("is refused in place", async () => {
    const { checked, update, sent } = handlersOn();
    await expect(update(id, state(), checked({ account: "app" }))).rejects.toThrow(
      "account cannot be changed in place",
    );
    expect(sent).toEqual([]);
  });

  it("to the recorded account, which ignoreChanges passes, does nothing", () => {
    const { checked, diff } = handlersOn();
    expect(diff(accountId, accountState(), checked({ account: "app" }))).toEqual({ changes: false });
  });
});

describe("in a preview that does not know the account yet", () => {
  it.each([
    ["of an account not known yet is set", {}, "the password of an account not known yet will be set"],
    ["is set, or adopted", { onCreate: "adopt" }, "the password will be set, or adopted"],
  ])("the password %s", (_, changes, line) => {
    const { check, lines } = handlersOn();
    const inputs = recordedBy({ check }, { account: unknown, ...changes });
    expect(inputs).toMatchObject({ account: unknown, password: unknown });
    expect(lines).toEqual([`crs-5a4py64p: ${line}`]);
  });
});

describe("a password with an @", () => {
  const withAt = "user@example-1";
  const warning =
    "crs-5a4py64p: warning: the password has an @, which the service advises against for the default account: custom " +
    "accounts sign in with <account>@<password>";
  const linesOf = (changes: object, olds: object = {}) => {
    const { check, lines } = handlersOn();
    expect(check(olds, program({ password: withAt, ...changes })).failures).toBeUndefined();
    return lines.filter((line) => line.includes("@"));
  };

  it.each([
    ["causes a warning for the default account", {}, [warning]],
    ["causes a warning for root", { account: "root" }, [warning]],
    ["is accepted for another account", { account: "app" }, []],
    ["is accepted for an account not known yet", { account: unknown }, []],
  ])("%s", (_, changes, lines) => {
    expect(linesOf(changes)).toEqual(lines);
  });

  it("is warned of only once", () => {
    expect(linesOf({}, program({ password: makeFingerprint(withAt) }))).toEqual([]);
  });
});

it("a resource of another account names it in each line, and in its state", async () => {
  const print: string[] = [];
  const replaced: Replaced = { print: (line) => void print.push(line) };
  const { check, create, delete: remove } = handlersOn({}, replaced);
  const inputs = recordedBy({ check }, { account: "app", password: newPassword });
  const { id: createdId, outs } = (await create(inputs)) as { id: string; outs: State };
  expect(createdId).toBe(accountId);
  expect(outs).toMatchObject({ account: "app", passwordFingerprint: makeFingerprint(newPassword, "app") });
  remove(createdId, outs);
  expect(print).toEqual([
    "crs-5a4py64p/app: the password will be set",
    "crs-5a4py64p/app: the password was reset (task 100)",
    "crs-5a4py64p/app: deleting the resource does not change the instance or its password",
  ]);
});
