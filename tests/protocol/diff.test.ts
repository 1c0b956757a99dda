import { DynamicProvider } from "./support/dynamicProvider";
import { type Recorded, createResource, previewResource } from "./support/operations";
import { providerText } from "./support/providerText";
import type { Properties } from "./support/struct";
import { TestCloud } from "./support/testCloud";
import { unknownValue } from "./support/unknownValue";

const instanceId = "crs-5a4py64p";
const args = {
  instanceId,
  password: "Correct-horse-7",
  region: "ap-guangzhou",
  triggers: { rotation: "1", by: "ops" },
};

let recorded: Recorded;
let preview: DynamicProvider;

beforeAll(async () => {
  const cloud = await TestCloud.start({ instances: { [instanceId]: "Initial-password-1" } });
  try {
    recorded = await createResource(await DynamicProvider.start({ environment: cloud.environment }), args);
  } finally {
    await cloud.stop();
  }
  // A later operation, without a running cloud: a preview needs neither network nor credentials.
  preview = await DynamicProvider.start();
});
// Discards output that a failed test has left.
beforeEach(() => preview.takeOutput());
afterAll(() => DynamicProvider.stopAll());

describe("A preview of a recorded resource", () => {
  const reset = (reasons: string) => [`${instanceId}: the password will be reset (${reasons})`];
  const replacement = (reasons: string, target = "another instance") => [
    `${instanceId}: the resource, not the instance, will be replaced, and ${target} gets the password (${reasons})`,
  ];

  test.each<[string, Properties, string[]]>([
    ["another password", { password: "Battery-staple-8" }, reset("password changed")],
    ["another trigger", { triggers: { rotation: "2", by: "ops" } }, reset("trigger rotation changed")],
    ["an additional trigger", { triggers: { ...args.triggers, more: "" } }, reset("trigger more changed")],
    ["a removed trigger", { triggers: { rotation: "1" } }, reset("trigger by changed")],
    [
      "another password and another trigger",
      { password: "Battery-staple-8", triggers: { rotation: "2", by: "ops" } },
      reset("password changed, trigger rotation changed"),
    ],
    ["a password not known yet", { password: unknownValue }, reset("password not known yet")],
    ["triggers not known yet", { triggers: unknownValue }, reset("triggers not known yet")],
    [
      "a trigger not known yet",
      { triggers: { ...args.triggers, by: unknownValue } },
      reset("trigger by not known yet"),
    ],
  ])("announces a reset for %s", async (_, change, printed) => {
    expect(await previewResource(preview, recorded, { ...args, ...change })).toEqual({ changes: "some", replaces: [] });
    expect(await preview.takeOutput()).toEqual({ stdout: printed, stderr: [] });
  });

  test.each<[string, Properties, string[], string[]]>([
    ["another instance", { instanceId: "crs-0000other" }, ["instanceId"], replacement("instanceId changed")],
    [
      "another region",
      { region: "ap-shanghai" },
      ["region"],
      replacement("region changed", `${instanceId} in ap-shanghai`),
    ],
    [
      "an instance not known yet",
      { instanceId: unknownValue },
      ["instanceId"],
      replacement("instanceId not known yet"),
    ],
  ])("announces a replacement for %s", async (_, change, replaces, printed) => {
    expect(await previewResource(preview, recorded, { ...args, ...change })).toEqual({ changes: "some", replaces });
    expect(await preview.takeOutput()).toEqual({ stdout: printed, stderr: [] });
  });

  test.each<[string, (text: string) => Properties]>([
    ["the same program", () => ({})],
    ["another timeout", () => ({ timeoutSeconds: 60 })],
    [
      "another version of the package, with another provider text",
      (text) => ({ __provider: `${text}// another version` }),
    ],
  ])("announces nothing for %s", async (_, change) => {
    const news = { ...args, ...change(await providerText()) };
    expect(await previewResource(preview, recorded, news)).toEqual({ changes: "none", replaces: [] });
    expect(await preview.takeOutput()).toEqual({ stdout: [], stderr: [] });
  });

  test.each([
    ["pending", `${instanceId}: the last reset will be completed (task 16657)`],
    ["failed", `${instanceId}: the password will be reset (the last reset may not have been carried out)`],
  ])("announces an update of the same program after a reset that was left as %s", async (status, printed) => {
    const unfinished = { ...recorded, outputs: { ...recorded.outputs, status } };
    expect(await previewResource(preview, unfinished, args)).toEqual({ changes: "some", replaces: [] });
    expect(await preview.takeOutput()).toEqual({ stdout: [printed], stderr: [] });
  });
});

describe("With ignoreChanges on the password, for which Pulumi passes the recorded fingerprint", () => {
  // A process that has not seen the password.
  let ignoring: DynamicProvider;
  const ignored = (): Properties => ({ ...args, password: recorded.inputs.password });

  beforeAll(async () => (ignoring = await DynamicProvider.start()));

  test("another password in the program is no change", async () => {
    expect(await previewResource(ignoring, recorded, ignored())).toEqual({ changes: "none", replaces: [] });
  });

  test("another trigger is rejected in one sentence without a stack, because there is no password to send", async () => {
    const sentence =
      "The password of crs-5a4py64p must be reset (trigger rotation changed), but ignoreChanges hides it: " +
      "remove password from ignoreChanges for this run";
    const news = { ...ignored(), triggers: { rotation: "2", by: "ops" } };
    await expect(previewResource(ignoring, recorded, news)).rejects.toThrow(sentence);
    expect(await ignoring.takeOutput()).toEqual({ stdout: [], stderr: [`Error: ${sentence}: `] });
  });
});
