import { EmulatedCloud } from "./support/emulatedCloud";
import { startOptions } from "./support/sequences/names";
import { play } from "./support/sequences/play";
import type { Command, Step } from "./support/sequences/steps";
import { rememberSlowHashes } from "./support/slowHash";

const command = (name: Command["command"], ...faults: string[]): Command => ({
  do: "command",
  command: name,
  faults,
  timeoutSeconds: 60,
});
const brief = (name: Command["command"], ...faults: string[]): Command => ({
  ...command(name, ...faults),
  timeoutSeconds: 5,
});

/** Stories in which a promise was broken once. */
const stories: readonly (readonly [what: string, steps: readonly Step[]])[] = [
  [
    "a resource is created again with an adoption left in the code",
    [
      { do: "edit", change: { onCreate: "adopt", verify: "right" } },
      command("up"),
      { do: "edit", change: { onCreate: "reset" } },
      command("up"),
      { do: "edit", change: { onCreate: "adopt", verify: "none" } },
      { do: "edit", change: { password: 1 } },
      command("up --replace"),
    ],
  ],
  ...[
    "DescribeInstances=error:UnauthorizedOperation*1",
    "DescribeInstances=garbage*1",
    "DescribeTaskList=garbage*1",
  ].map((fault): readonly [string, readonly Step[]] => [
    `a pending reset is completed with the fault ${fault}`,
    [brief("up", "ResetPassword=task-slow:15*1"), command("up", fault)],
  ]),
  [
    "a reset of a killed run ends after the next one",
    [
      { ...command("up", "ResetPassword=task-slow:120*1"), killAt: 2 },
      { do: "edit", change: { password: 1 } },
      command("up"),
    ],
  ],
  [
    "a reset of a killed run ends after one to a third password",
    [
      command("up"),
      { do: "edit", change: { password: 1 } },
      { ...command("up", "ResetPassword=task-slow:120*1"), killAt: 2 },
      { do: "edit", change: { password: 2 } },
      command("up"),
    ],
  ],
  [
    "a resource is renamed while a reset is pending",
    [
      brief("up", "ResetPassword=task-slow:120*1"),
      { do: "rename" },
      { do: "edit", change: { password: 1 } },
      command("up"),
    ],
  ],
  [
    "a trigger is removed while a reset is pending",
    [
      command("up"),
      { do: "edit", change: { password: 1 } },
      brief("up", "ResetPassword=task-slow:15*1"),
      { do: "edit", change: { trigger: "none" } },
      brief("up"),
      command("up"),
    ],
  ],
  ["each verification throws", [{ do: "edit", change: { verify: "broken" } }, command("up")]],
  [
    "two resources are declared for one instance, one of them by ignoreChanges",
    [
      command("up"),
      { do: "edit", change: { ignoreChanges: ["instanceId"], instance: 1, both: true, password: 1 } },
      command("up"),
    ],
  ],
  ...(["reset", "account", "password-free"] as const).map((change): readonly [string, readonly Step[]] => [
    `a change by somebody else (${change}) ends in the second in which our task ended`,
    [
      command("up"),
      { do: "somebody else", change, instance: 0, seconds: 0.5 },
      { do: "pass", seconds: 1 },
      command("up --refresh"),
    ],
  ]),
  [
    "somebody else changes each account of an instance in one second",
    [
      { do: "edit", change: { companions: [1, 2] } },
      command("up"),
      { do: "somebody else", change: "reset", instance: 0, seconds: 1 },
      { do: "somebody else", change: "account", account: 1, instance: 0, seconds: 1 },
      { do: "somebody else", change: "account", account: 2, instance: 0, seconds: 1 },
      { do: "pass", seconds: 5 },
      command("up --refresh"),
    ],
  ],
  ...[1, 2].map((seconds): readonly [string, readonly Step[]] => [
    `somebody else's change of the account waits for ours, and ends ${seconds} s later`,
    [
      { do: "edit", change: { companions: [1] } },
      command("up"),
      { do: "somebody else", change: "account", account: 1, instance: 0, seconds },
      { do: "pass", seconds: 5 },
      command("refresh"),
      command("up"),
    ],
  ]),
  [
    "one account is rotated after somebody else has changed another one in the second of its reset",
    [
      command("up"),
      { do: "somebody else", change: "account", instance: 0, seconds: 0.5 },
      { do: "pass", seconds: 300 },
      { do: "edit", change: { companions: [2] } },
      command("up"),
      command("up --refresh"),
    ],
  ],
  [
    "somebody else changes the default account while two interrupted changes are completed",
    [
      { do: "edit", change: { verify: "broken", companions: [1] } },
      command("up --refresh"),
      { ...command("up --refresh"), meanwhile: { change: "account", seconds: 0.5, at: 0 } },
    ],
  ],
  [
    "accounts of an instance are rotated in turn",
    [
      { do: "edit", change: { companions: [1, 2] } },
      command("up"),
      ...([{ companionPassword: 1 }, { password: 1 }, { companions: [1] }, { password: 2 }] as const).flatMap(
        (change) => [{ do: "edit", change } as const, command("up"), command("up --refresh"), command("refresh")],
      ),
    ],
  ],
  [
    "somebody else resets while a reset without a task is being proven",
    [
      { ...command("up"), meanwhile: { at: 9, change: "password-free", seconds: 0.5 }, killAt: 9 },
      { ...command("up", "ResetPassword=task-id:0*1"), meanwhile: { at: 6, change: "reset", seconds: 1 } },
    ],
  ],
  [
    "ignoreChanges hides the password of an imported resource",
    [
      { do: "edit", change: { imports: true, ignoreChanges: ["password"] } },
      command("up"),
      { do: "edit", change: { ignoreChanges: [] } },
      command("up"),
      { do: "edit", change: { password: 1 } },
      command("up"),
    ],
  ],
  [
    "a pending reset of the class is taken over by the plugin, and canceled once",
    [
      { do: "use the class" },
      brief("up", "ResetPassword=task-slow:15*1"),
      { do: "use the plugin" },
      { ...command("up"), cancelAt: 3 },
      { ...command("up"), hasCustomTimeouts: true },
    ],
  ],
];

let cloud: EmulatedCloud;

beforeAll(async () => {
  rememberSlowHashes();
  cloud = await EmulatedCloud.start(startOptions);
});
afterAll(() => cloud.stop());

describe.each(["class", "plugin"] as const)("with the %s", (frontEnd) => {
  it.each(stories)("no promise is broken if %s", async (_, steps) => {
    expect(await play(cloud, frontEnd, steps)).toBeUndefined();
  });
});
