import { settled, start, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
import { documented, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const code = (Code: string) => ({ Error: { Code } });

describe("DescribeInstances", () => {
  const describing = (port: number, parameters: object) => call(port, { action: "DescribeInstances", parameters });

  it("returns an instance's fields", async () => {
    const port = await start();
    const { InstanceSet } = await describing(port, { InstanceId: instanceId });
    const [instance] = InstanceSet as [object];
    // The number of fields that the vendor documents.
    expect(Object.keys(instance)).toHaveLength(61);
    expect(instance).toMatchObject({
      InstanceId: instanceId,
      Region: "ap-guangzhou",
      RegionId: 1,
      Status: 2,
      WanIp: "127.0.0.1",
      Port: 6379,
      Createtime: "2026-01-02 11:04:05",
      NoAuth: false,
    });
    await call(port, { ...reset, parameters: { InstanceId: instanceId, NoAuth: true } });
    await settled();
    expect(await describing(port, { InstanceId: instanceId })).toMatchObject({ InstanceSet: [{ NoAuth: true }] });
  });

  it.each<[object, string[]]>([
    [{}, ["crs-5a4py64p", "crs-second"]],
    [{ Limit: 1, Offset: 1 }, ["crs-second"]],
    [{ InstanceIds: ["crs-second", "crs-1"] }, ["crs-second"]],
    [{ InstanceName: "crs-second" }, ["crs-second"]],
    [{ SearchKey: "second" }, ["crs-second"]],
    [{ SearchKeys: ["second", "crs-1"] }, ["crs-second"]],
    [{ SearchKeys: ["127.0.0.1"] }, ["crs-5a4py64p", "crs-second"]],
    [{ Status: [2] }, ["crs-5a4py64p", "crs-second"]],
    [{ Status: [-2] }, []],
    [{ OrderBy: "createtime", OrderType: 0, AzMode: "singleaz" }, ["crs-5a4py64p", "crs-second"]],
    [{ InstanceTags: [{ TagKey: "a", TagValue: "b" }] }, ["crs-5a4py64p", "crs-second"]],
  ])("filters by %j", async (parameters, expected) => {
    const { InstanceSet } = await describing(await start(), parameters);
    expect((InstanceSet as { InstanceId: string }[]).map(({ InstanceId }) => InstanceId)).toEqual(expected);
  });

  it.each([{ TagKey: "a" }, { TagValue: "b" }])("refuses an incomplete tag: %j", async (tag) => {
    expect(await describing(await start(), { InstanceTags: [tag] })).toMatchObject(code("MissingParameter"));
  });
});
