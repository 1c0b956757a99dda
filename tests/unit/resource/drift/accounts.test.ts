import { type Fields, handlersOn, listAccounts, listTasks, serviceTime } from "../../support/fakeService";
import { newPassword } from "../../support/resource";
import { ofApp, ofRoot, change, ours, rootsOwn, later, setAt, refresh } from "../../support/refreshAccount";

const somebodyElse = (seconds: number) =>
  `somebody else or a killed run set the password at ${serviceTime(seconds)} (service time)`;

describe("a refresh finds no drift in", () => {
  it.each<[string, typeof ofApp, Fields, readonly Fields[]]>([
    ["our own change", ofApp, setAt(5, -900), [ours]],
    ["our own change, which is no longer listed", ofApp, setAt(5, -900), []],
    ["a change of another account", ofApp, setAt(5, 300), [change(101, 300), ours]],
    ["a change of another account's privileges 1 s after ours", ofApp, setAt(5, -900), [change(101, 6), ours]],
    ["a change of another account 2 s after ours", ofApp, setAt(5, 7), [change(101, 7), ours]],
    [
      "a change of another account 2 s after ours, and one later",
      ofApp,
      setAt(5, 300),
      [change(102, 300), change(101, 7), ours],
    ],
    [
      "two changes of other accounts 1 s and 2 s after ours, with clocks 1 s apart",
      ofApp,
      setAt(6, 300),
      [change(103, 299), change(102, 7), change(101, 6), ours],
    ],
    [
      "a change of another account 1 s after ours, and one later, with clocks 1 s apart",
      ofApp,
      setAt(6, 300),
      [change(102, 299), change(101, 6), ours],
    ],
    ["a change of another account in the second of ours", ofApp, setAt(5, 5), [change(101, 5), ours]],
    [
      "three changes of another account",
      ofApp,
      setAt(5, 300),
      [change(103, 300), change(102, 200), change(101, 100), ours],
    ],
    [
      "another account's changes, with times of accounts 30 s ahead of those of tasks",
      ofApp,
      setAt(35, 130),
      [change(102, 100), change(101, 25), ours],
    ],
    [
      "another account's changes, with times of accounts 30 s behind those of tasks",
      ofApp,
      setAt(-25, 70),
      [change(102, 100), change(101, 25), ours],
    ],
    ["a change of another account that was deleted since", ofApp, setAt(5, -900), [change(101, 300), ours]],
    ["a reset, which sets the default account's password", ofApp, setAt(5, -900, 300), [later(101, "007"), ours]],
    ["a switch to password-free mode", ofApp, setAt(5, -900), [later(101, "035"), ours]],
    [
      "changes of other accounts, for the default account",
      ofRoot,
      setAt(300, 200, 5),
      [change(102, 300), change(101, 200), rootsOwn],
    ],
  ])("%s", async (_, olds, DescribeInstanceAccount, tasks) => {
    const { props, lines } = await refresh(olds, { DescribeInstanceAccount, DescribeTaskList: listTasks(...tasks) });
    expect(props).toEqual(olds);
    expect(lines).toEqual([]);
  });
});

describe("a refresh finds drift in", () => {
  it.each<[string, typeof ofApp, Fields, readonly Fields[], string]>([
    ["a change of the account by somebody else", ofApp, setAt(300, -900), [change(101, 300), ours], somebodyElse(300)],
    ["a change of the account 1 s after ours", ofApp, setAt(6, -900), [change(101, 6), ours], somebodyElse(6)],
    ["a change of the account 2 s after ours", ofApp, setAt(7, -900), [change(101, 7), ours], somebodyElse(7)],
    [
      "a change of the account 2 s after ours, and one of another account since",
      ofApp,
      setAt(7, 9),
      [change(102, 9), change(101, 7), ours],
      somebodyElse(7),
    ],
    [
      "a change of the account between changes of another account",
      ofApp,
      setAt(300, 400),
      [change(103, 400), change(102, 300), change(101, 200), ours],
      somebodyElse(300),
    ],
    [
      "a change of the account a quarter of an hour later, as if in another time zone",
      ofApp,
      setAt(905, 910),
      [change(102, 908), change(101, 903), ours],
      somebodyElse(905),
    ],
    ["a change of the account that is no longer listed", ofApp, setAt(300, -900), [], somebodyElse(300)],
    [
      "a change of the default account",
      ofRoot,
      setAt(-900, -900, 300),
      [change(101, 300), rootsOwn],
      somebodyElse(300),
    ],
    [
      "a reset of the default account that does not update its time",
      ofRoot,
      setAt(-900, -900, 5),
      [later(101, "007"), rootsOwn],
      somebodyElse(300),
    ],
  ])("%s", async (_, olds, DescribeInstanceAccount, tasks, reason) => {
    const found = await refresh(olds, { DescribeInstanceAccount, DescribeTaskList: listTasks(...tasks) });
    expect(found).toMatchObject({ status: "drifted", reason });
    const label = olds.account === undefined ? "crs-5a4py64p" : "crs-5a4py64p/app";
    expect(found.lines).toEqual([`${label}: ${reason}; the next pulumi up resets the password to the program's`]);
  });
});

it.each<[string, Fields]>([
  ["is gone", listAccounts({ root: "", spare: "" })],
  ["was deleted", { Accounts: [{ AccountName: "root" }, { AccountName: "app", Status: 4 }] }],
])("a refresh finds that an account %s, and says what to do", async (_, DescribeInstanceAccount) => {
  const found = await refresh(ofApp, { DescribeInstanceAccount, DescribeTaskList: listTasks(ours) });
  expect(found).toMatchObject({ status: "drifted", reason: "the account app was missing" });
  const advice =
    "crs-5a4py64p/app: there is no account app. Create the account in the console or by CreateInstanceAccount, or correct the input account.";
  expect(found.lines).toEqual([advice]);

  const again = await refresh(found.props, { DescribeInstanceAccount, DescribeTaskList: listTasks(ours) });
  expect(again.props).toEqual(found.props);
  expect(again.lines).toEqual([advice]);

  const isBack = await refresh(found.props, { DescribeInstanceAccount: setAt(5, 5) });
  expect(isBack.props).toEqual(found.props);
  expect(isBack.lines).toEqual([
    "crs-5a4py64p/app: the account app was missing; the next pulumi up resets the password to the program's",
  ]);
});

it("a refresh finds nothing in an empty list of accounts: every instance has one", async () => {
  const found = await refresh(ofApp, { DescribeInstanceAccount: { Accounts: [] }, DescribeTaskList: listTasks(ours) });
  expect(found.props).toEqual(ofApp);
});

describe("an account for which the service had no time when it was adopted", () => {
  const adoptWithoutTime = async (account: string | undefined) => {
    const handlers = handlersOn({ DescribeInstanceAccount: listAccounts({ root: "", app: "" }) });
    const result = await handlers.create(handlers.checked({ password: newPassword, onCreate: "adopt", account }));
    return result.outs as typeof ofApp;
  };
  const told = { DescribeInstanceAccount: setAt(300, -900, 300) };

  it.each(["app", undefined])("has drifted once it has a time and a change was listed: %s", async (account) => {
    const olds = await adoptWithoutTime(account);
    const found = await refresh(olds, { ...told, DescribeTaskList: listTasks(change(101, 300)) });
    expect(found).toMatchObject({ status: "drifted", reason: somebodyElse(300) });
  });

  it("has not drifted without any change: the service may have just begun to return times", async () => {
    const olds = await adoptWithoutTime("app");
    const { props } = await refresh(olds, { ...told, DescribeTaskList: listTasks() });
    expect(props).toMatchObject({ status: "done", passwordTime: serviceTime(300) });
  });
});
