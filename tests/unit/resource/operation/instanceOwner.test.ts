import { handlersOn, listTasks, refusal } from "../../support/fakeService";
import { id, newPassword, state } from "../../support/resource";
import { wasReset } from "../../support/lines";

describe("a reset", () => {
  it("records the account that owns the instance", async () => {
    const handlers = handlersOn();
    await expect(handlers.create(handlers.checked())).resolves.toMatchObject({
      outs: { ownerAccountId: "100000000001" },
    });
  });

  it.each([
    ["a recorded owner, which is kept", "100000000009", { outs: { ownerAccountId: "100000000009" } }],
    ["no recorded owner", undefined, { outs: { status: "done" } }],
  ])("succeeds if the owner cannot be read, with %s", async (_, ownerAccountId, result) => {
    const handlers = handlersOn({ GetCallerIdentity: refusal("InternalError") });
    const outcome = await handlers.update(id, state({ ownerAccountId }), handlers.checked({ password: newPassword }));
    expect(outcome).toMatchObject(result);
    expect(handlers.lines).toEqual([wasReset(100)]);
  });

  it.each([100000000001, "", "qcs1", "1qcs", "1".repeat(21)])(
    "records no owner if the service returns no valid account: %j",
    async (AccountId) => {
      const handlers = handlersOn({ GetCallerIdentity: { AccountId } });
      const created = await handlers.create(handlers.checked());
      expect(created).not.toHaveProperty("outs.ownerAccountId");
    },
  );

  it("that fails partially is not delayed by reading the owner", async () => {
    const handlers = handlersOn({
      GetCallerIdentity: () => new Error("never"),
      DescribeTaskInfo: { Status: "running" },
    });
    const news = handlers.checked({ password: newPassword, timeoutSeconds: 5 });
    await expect(handlers.update(id, state(), news)).rejects.toMatchObject({ properties: { status: "pending" } });
  });
});

it("a refresh does not read a known owner again", async () => {
  const handlers = handlersOn();
  const { props } = (await handlers.read(id, state({ ownerAccountId: "100000000009" }))) as { props: object };
  expect(props).toHaveProperty("ownerAccountId", "100000000009");
  expect(handlers.count("GetCallerIdentity")).toBe(0);
});

it("a refresh records the owner of the instance if it was unknown", async () => {
  const InstanceSet = [{ InstanceId: "crs-5a4py64p", Status: 2, NoAuth: false }];
  const handlers = handlersOn({
    DescribeInstances: { InstanceSet },
    DescribeTaskList: listTasks(),
    DescribeInstanceAccount: { Accounts: [] },
  });
  const { props } = (await handlers.read(id, state())) as { props: object };
  expect(props).toMatchObject({ ...state(), ownerAccountId: "100000000001" });
  expect(handlers.count("GetCallerIdentity")).toBe(1);
  expect(handlers.lines).toEqual([]);
});
