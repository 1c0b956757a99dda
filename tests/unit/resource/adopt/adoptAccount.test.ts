import { type Answers, type Replaced, handlersOn, listAccounts, refusal, serviceTime } from "../../support/fakeService";
import { accountId, makeFingerprint, newPassword } from "../../support/resource";

const verify = { host: "10.0.0.1", port: 6379 };
const isFree = { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: 2, NoAuth: true }] };

const adopt = (answers: Answers = {}, world: Replaced = {}) => {
  const handlers = handlersOn(answers, world);
  const news = handlers.checked({ password: newPassword, onCreate: "adopt", account: "app", verify });
  return { ...handlers, end: handlers.create(news) };
};

const openToAll =
  "crs-5a4py64p/app: warning: password-free mode is on: anyone who reaches the instance can sign in without a password";
const unproven =
  "crs-5a4py64p/app: warning: the password was adopted without proof: AUTH may refuse it. It could not be verified. If " +
  "the program still sets onCreate, remove it.";
const adopted = "crs-5a4py64p/app: is adopted with its password, nothing was reset";
const passwordless = { outcome: "passwordless", reason: "ERR no password" } as const;

describe("an adoption of another account than the default one", () => {
  it("tries AUTH as the account, and records when that account's password was set", async () => {
    const logins: unknown[] = [];
    const { end, count, lines } = adopt(
      { DescribeInstanceAccount: listAccounts({ root: serviceTime(-9), app: serviceTime(-5) }) },
      { verifyPassword: (_address, { account }) => (logins.push(account), Promise.resolve({ outcome: "accepted" })) },
    );
    await expect(end).resolves.toMatchObject({
      id: accountId,
      outs: {
        status: "done",
        account: "app",
        passwordTime: serviceTime(-5),
        passwordFingerprint: makeFingerprint(newPassword, "app"),
      },
    });
    expect(logins).toEqual(["app"]);
    expect(lines).toEqual([adopted]);
    expect([count("ModifyInstanceAccount"), count("ResetPassword")]).toEqual([0, 0]);
  });

  it.each<[string, Answers, Replaced, readonly string[]]>([
    ["proven if AUTH is accepted in password-free mode", { DescribeInstances: isFree }, {}, [openToAll, adopted]],
    [
      "unproven if password-free mode prevents the verification",
      { DescribeInstances: isFree },
      { verifyPassword: () => Promise.resolve(passwordless) },
      [
        openToAll,
        "crs-5a4py64p/app: warning: the password could not be verified at 10.0.0.1:6379: ERR no password",
        adopted,
        unproven,
      ],
    ],
  ])("is %s", async (_, answers, world, lines) => {
    const handlers = adopt(answers, world);
    await handlers.end;
    expect(handlers.lines).toEqual(lines);
  });

  it.each<[string, Answers, Replaced, string]>([
    [
      "the instance has no such account",
      { DescribeInstanceAccount: listAccounts({ root: "" }) },
      {},
      "Adoption failed: the instance crs-5a4py64p has no account app. Create the account in the console or by CreateInstanceAccount, or correct the input account.",
    ],
    [
      "AUTH refuses the password",
      {},
      { verifyPassword: () => Promise.resolve({ outcome: "refused", reason: "WRONGPASS" }) },
      "Adoption failed: 10.0.0.1:6379 refuses the password: WRONGPASS. Set password to the one that the account app of crs-5a4py64p has.",
    ],
  ])("is rejected if %s", async (_, answers, world, message) => {
    await expect(adopt(answers, world).end).rejects.toThrow(message);
  });

  it("continues if the accounts cannot be read, and a refresh reads them again", async () => {
    const { end } = adopt({ DescribeInstanceAccount: refusal("UnauthorizedOperation") });
    await expect(end).resolves.toMatchObject({ outs: { status: "done", unchecked: true } });
  });
});
