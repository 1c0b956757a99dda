import { outcomeOf } from "./frontEnds";
import { type Case, create, other, password, plan, planned } from "./plays";
import type { Properties } from "./struct";

/** A quarter of it is for reading other tasks, which must be enough on a busy machine. */
const outOfTime = { timeoutSeconds: 3 };

export const cases: readonly Case[] = [
  [
    "creates, and records the task and the fingerprint",
    create,
    { id: expect.stringMatching(/^ap-guangzhou\/crs-\d+$/) as string, outputs: { status: "done" } },
    [
      expect.stringMatching(/: the password will be set$/),
      expect.stringMatching(/: the password was reset \(task \d+\)$/),
    ],
  ],
  [
    "reports all invalid inputs at once",
    ({ provider }, args) => provider.check({}, { ...args, password: "short", verify: 1, extra: "x" }),
    {
      inputs: {},
      failures: [
        { property: "", reason: "password: must have at least 8 characters" },
        {
          property: "",
          reason: "password: must mix at least two of lower case, upper case, digits and ()~!@#$%^&*-+=_|{}[]:;<>,.?/",
        },
        { property: "", reason: "verify: must be { host, port, tls?, ca?, servername? }" },
        { property: "", reason: "extra: is not an input of RedisInstancePassword" },
      ],
    },
    [],
  ],
  [
    "fails for an unknown instance, and records nothing",
    (stage, args) => outcomeOf(create(stage, { ...args, instanceId: "crs-none" })),
    {
      message: expect.stringMatching(
        /^ResetPassword failed: .*NotExists, request <request>\)\. Check instanceId/,
      ) as string,
    },
    ["crs-none: the password will be set"],
  ],
  [
    "plans nothing for inputs that cause no reset",
    (stage, args) => plan(stage, args, { timeoutSeconds: 5, onCreate: "adopt" }),
    { found: "none", replaces: [] },
    [],
  ],
  ["plans a reset for another password", ...planned({ password: other }, /will be reset \(password changed\)$/)],
  ["plans a reset for a trigger", ...planned({ triggers: { a: "1" } }, /will be reset \(trigger a changed\)$/)],
  [
    "plans a replacement for another instance",
    ...planned({ instanceId: "crs-another" }, /replaced, and another instance gets the password/, ["instanceId"]),
  ],
  [
    "plans the completion of a pending reset",
    ...planned({}, /the last reset will be completed \(task \d+\)$/, [], { status: "pending" }),
  ],
  [
    "plans a reset for a drifted password",
    ...planned({}, /will be reset \(somebody was here\)$/, [], { status: "drifted", reason: "somebody was here" }),
  ],
  [
    "refuses a state of a newer version",
    (stage, args) => plan(stage, args, {}, { stateVersion: 2 }),
    { message: expect.stringMatching(/^(Error: )?crs-\d+: the state is one of version 2/) as string },
    [],
  ],
  [
    "treats a recorded fingerprint as the unchanged password",
    async (stage, args) => {
      const { id, inputs, outputs } = await create(stage, args);
      await stage.takeLines();
      const { inputs: news } = await stage.provider.check(inputs, inputs);
      const { changes } = await stage.provider.diff(id, outputs, news);
      return { news, changes };
    },
    { changes: "none" },
    [],
  ],
  [
    "updates the password",
    async (stage, args) => {
      const { id, inputs, outputs } = await create(stage, args);
      await stage.takeLines();
      const { inputs: news } = await stage.provider.check(inputs, { ...args, password: other });
      const updated = await stage.provider.update(id, outputs, news);
      return { ...updated, isAccepted: await stage.cloud.accepts(args.instanceId as string, other) };
    },
    { outputs: { status: "done" }, isAccepted: true },
    [expect.stringMatching(/: the password was reset \(task \d+\)$/)],
  ],
  [
    "records a reset that times out as pending, and then completes it",
    async (stage, args) => {
      stage.cloud.holdTasks();
      const { inputs } = await stage.provider.check({}, { ...args, ...outOfTime });
      const failed = (await outcomeOf(stage.provider.create(inputs))) as {
        initFailure: { id: string; properties: Properties };
      };
      stage.cloud.releaseTasks();
      const { id, properties } = failed.initFailure;
      return [failed, await stage.provider.update(id, properties, inputs)];
    },
    [
      {
        message: expect.stringMatching(
          /^ResetPassword timed out: task \d+ of crs-\d+ was still running after 3 s/,
        ) as string,
        initFailure: {
          properties: { status: "pending" },
          reasons: [
            expect.stringMatching(/to resume waiting: until then, the old or the new password may be valid\.$/),
          ],
        },
      },
      { outputs: { status: "done" } },
    ],
    [expect.stringMatching(/: the password will be set$/), expect.stringMatching(/: the password was reset/)],
  ],
  [
    "adopts without proof, with a warning",
    (stage, args) => create(stage, { ...args, onCreate: "adopt" }),
    { outputs: { status: "done", unproven: true } },
    [
      expect.stringMatching(/: will be adopted with its password$/),
      expect.stringMatching(/: is adopted with its password, nothing was reset$/),
      expect.stringMatching(/: warning: the password was adopted without proof/),
    ],
  ],
  [
    "refreshes without a change",
    async (stage, args) => {
      const { id, outputs } = await create(stage, args);
      await stage.takeLines();
      return { outputs, read: await stage.provider.read(id, outputs) };
    },
    { read: { outputs: { status: "done" } } },
    [],
  ],
  [
    "finds drift at a refresh",
    async (stage, args) => {
      const { id, outputs } = await create(stage, args);
      await stage.takeLines();
      const longAgo = {
        taskId: 1,
        newestTaskId: 1,
        taskStartTime: "2020-01-01 00:00:00",
        passwordTime: "2020-01-01 00:00:00",
      };
      return stage.provider.read(id, { ...outputs, ...longAgo });
    },
    { outputs: { status: "drifted" } },
    [
      expect.stringMatching(
        /: somebody else or a killed run .* the next pulumi up resets the password to the program's$/,
      ),
    ],
  ],
  [
    "deletes without changing the instance",
    async (stage, args) => {
      const { id, outputs } = await create(stage, args);
      await stage.takeLines();
      await stage.provider.delete(id, { ...outputs, status: "failed" });
      return { isAccepted: await stage.cloud.accepts(args.instanceId as string, password) };
    },
    { isAccepted: true },
    [expect.stringMatching(/: deleting the resource does not change the instance or its password$/)],
  ],
];
