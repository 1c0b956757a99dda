import { outcomeOf } from "./frontEnds";
import { type Case, create, other, plan, planned } from "./plays";

/** The same for another account than the default one, and for its names. */
export const accountCases: readonly Case[] = [
  [
    "creates for another account, whose name is in the id and in the state",
    (stage, args) => create(stage, { ...args, account: "app" }),
    {
      id: expect.stringMatching(/^ap-guangzhou\/crs-\d+\/app$/) as string,
      outputs: { status: "done", account: "app" },
    },
    [
      expect.stringMatching(/^crs-\d+\/app: the password will be set$/),
      expect.stringMatching(/^crs-\d+\/app: the password was reset \(task \d+\)$/),
    ],
  ],
  [
    "treats root as the default account",
    (stage, args) => create(stage, { ...args, account: "root" }),
    { id: expect.stringMatching(/^ap-guangzhou\/crs-\d+$/) as string, outputs: { status: "done" } },
    [
      expect.stringMatching(/^crs-\d+: the password will be set$/),
      expect.stringMatching(/^crs-\d+: the password was reset/),
    ],
  ],
  [
    "fails for an account that the instance does not have",
    (stage, args) => outcomeOf(create(stage, { ...args, account: "none" })),
    {
      message: expect.stringMatching(
        /^ModifyInstanceAccount failed: the instance crs-\d+ has no account none\. Create/,
      ) as string,
    },
    [expect.stringMatching(/^crs-\d+\/none: the password will be set$/)],
  ],
  [
    "refuses an account name that is invalid in an id",
    ({ provider }, args) => provider.check({}, { ...args, account: "a/b" }),
    { inputs: {}, failures: [{ reason: expect.stringMatching(/^account: must be the name of an account/) as string }] },
    [],
  ],
  [
    "updates the password of another account",
    async (stage, args) => {
      const { id, inputs, outputs } = await create(stage, { ...args, account: "app" });
      await stage.takeLines();
      const { inputs: news } = await stage.provider.check(inputs, { ...args, account: "app", password: other });
      return stage.provider.update(id, outputs, news);
    },
    { outputs: { status: "done", account: "app" } },
    [expect.stringMatching(/^crs-\d+\/app: the password was reset \(task \d+\)$/)],
  ],
  [
    "refreshes another account",
    async (stage, args) => {
      const { id, outputs } = await create(stage, { ...args, account: "app" });
      await stage.takeLines();
      return { read: await stage.provider.read(id, outputs) };
    },
    { read: { id: expect.stringMatching(/\/app$/) as string, outputs: { status: "done", account: "app" } } },
    [],
  ],
  [
    "plans a replacement for an account",
    ...planned({ account: "app" }, /replaced, and the account app of crs-\d+ gets/, ["account"]),
  ],
  [
    "plans nothing if root is set for the default account",
    (stage, args) => plan(stage, args, { account: "root" }),
    { found: "none", replaces: [] },
    [],
  ],
];
