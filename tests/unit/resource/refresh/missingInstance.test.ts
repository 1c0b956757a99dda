import { type Answers, handlersOn, refusal } from "../../support/fakeService";
import { read } from "../../support/handlers";
import { type Respond, loseAnswer } from "../../support/httpServer";
import { captureOutput } from "../../support/output";
import { id, state } from "../../support/resource";
import { describeInstance, instances, refuse, useScriptedApi } from "../../support/scriptedApi";

const api = useScriptedApi();
const output = captureOutput();

describe("a refresh of a missing instance", () => {
  const gone: Answers = { DescribeInstances: { InstanceSet: [] } };
  const kept = (owner: string, current: string) => [
    "crs-5a4py64p: warning: the instance was not found and is kept in the state, since its Tencent Cloud account is " +
      `${owner} and the one of these credentials is ${current}. Use credentials of its Tencent Cloud account, or run \`pulumi state delete\` if the instance is deleted.`,
  ];

  it.each<[string, Answers, string | undefined, object, string[]]>([
    [
      "removes it from the state with credentials of the same Tencent Cloud account",
      {},
      "100000000001",
      { id: "" },
      ["crs-5a4py64p: the instance is gone, so the resource is removed from the state"],
    ],
    [
      "removes it from the state if the service returns that it does not exist",
      { DescribeInstances: refusal("ResourceNotFound.InstanceNotExists") },
      "100000000001",
      { id: "" },
      ["crs-5a4py64p: the instance is gone, so the resource is removed from the state"],
    ],
    [
      "keeps it with credentials of another Tencent Cloud account",
      {},
      "100000000002",
      { id },
      kept("100000000002", "100000000001"),
    ],
    ["keeps it if the owner is unknown", {}, undefined, { id }, kept("unknown", "100000000001")],
    [
      "keeps it if the account of the credentials is unknown",
      { GetCallerIdentity: refusal("UnauthorizedOperation") },
      "100000000001",
      { id },
      kept("100000000001", "unknown"),
    ],
    [
      "keeps it if neither account is known",
      { GetCallerIdentity: { AccountId: 5 } },
      undefined,
      { id },
      kept("unknown", "unknown"),
    ],
  ])("%s", async (_, answers, ownerAccountId, result, lines) => {
    const handlers = handlersOn({ ...gone, ...answers });
    await expect(handlers.read(id, state({ ownerAccountId }))).resolves.toMatchObject(result);
    expect(handlers.lines).toEqual(lines);
  });

  it("keeps it if a second look finds it", async () => {
    const found = { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: 2, NoAuth: false }] };
    const handlers = handlersOn({ DescribeInstances: [{ InstanceSet: [] }, found] });
    await expect(handlers.read(id, state({ ownerAccountId: "100000000001" }))).resolves.toMatchObject({ id });
    expect(handlers.lines).toEqual([]);
  });

  it("reads the Tencent Cloud account of the same credentials once for all resources", async () => {
    const handlers = handlersOn(gone);
    for (let turn = 0; turn < 3; turn++) await handlers.read(id, state());
    expect(handlers.count("GetCallerIdentity")).toBe(1);
  });
});

it.each([
  ["an empty list", instances()],
  ["a refusal as not found", refuse("ResourceNotFound.InstanceNotExists", "No such instance.")],
])("a missing instance is kept if its owner is unknown: %s", async (_, respond) => {
  api.expect(describeInstance(respond), describeInstance(respond));
  await expect(read(id, state())).resolves.toStrictEqual({ id, props: state() });
  expect(output()).toEqual([
    "crs-5a4py64p: warning: the instance was not found and is kept in the state, since its Tencent Cloud " +
      "account is unknown and the one of these credentials is unknown. Use credentials of its Tencent Cloud account, or run `pulumi state delete` if the instance is deleted.",
  ]);
});

it.each<[string, Respond, string]>([
  ["the service refuses the request", refuse("AuthFailure.SecretIdNotFound", "No."), "ApiError"],
  ["the service's response is unusable", (response) => response.end("<html></html>"), "TransportError"],
])("an instance is kept when %s", async (_, respond, name) => {
  api.expect(describeInstance(respond));
  // Pulumi would print the stack.
  await expect(read(id, state())).rejects.toMatchObject({ name, stack: "" });
});

it("an instance is kept when no response arrives, after any number of attempts", async () => {
  api.expect({ ...describeInstance(loseAnswer), anyTimes: true });
  await expect(read(id, state())).rejects.toMatchObject({ name: "TransportError" });
});
