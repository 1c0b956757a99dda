import { start, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
import { reset } from "../support/requests";

afterEach(stopAll);

describe("the region", () => {
  const at = (region: string, host: string) => ({ action: "DescribeInstances", region, host });

  it.each([
    ["ap-guangzhou", "localhost:8080", 2],
    ["ap-guangzhou", "redis.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.tencentcloudapi.com:443", 2],
    ["ap-guangzhou", "redis.intl.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.ap-guangzhou.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.ap-shanghai.tencentcloudapi.com", 2],
    ["ap-guangzhou", "redis.intl.ap-shanghai.tencentcloudapi.com", 2],
    ["ap-shanghai", "redis.tencentcloudapi.com", 1],
    ["ap-shanghai-fsi", "127.0.0.1", 1],
    ["ap-shanghai-fsi", "redis.ap-shanghai-fsi.tencentcloudapi.com", 1],
  ])("%s is served at the host %s", async (region, host, count) => {
    expect(await call(await start(), at(region, host))).toMatchObject({ TotalCount: count });
  });

  it.each([
    ["ap-shanghai-fsi", "redis.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-shanghai-fsi", "redis.ap-shanghai.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-shanghai-fsi", "redis.ap-shenzhen-fsi.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-guangzhou", "redis.ap-shanghai-fsi.tencentcloudapi.com", "UnsupportedRegion"],
    ["ap-tokyo", "127.0.0.1", "UnsupportedRegion"],
    ["ap-guangzhou", "sts.tencentcloudapi.com", "InvalidAction"],
  ])("%s is refused at the host %s", async (region, host, code) => {
    expect(await call(await start(), at(region, host))).toMatchObject({ Error: { Code: code } });
  });

  it("of a request determines its instances and tasks", async () => {
    const port = await start();
    expect(await call(port, { ...reset, region: "ap-shanghai" })).toMatchObject({
      Error: { Code: "ResourceNotFound.InstanceNotExists" },
    });
    const { TaskId } = await call(port, reset);
    const asking = { action: "DescribeTaskInfo", parameters: { TaskId } };
    expect(await call(port, asking)).toMatchObject({ InstanceId: "crs-5a4py64p" });
    expect(await call(port, { ...asking, region: "ap-shanghai" })).toMatchObject({
      Error: { Code: "InvalidParameter.InvalidParameter" },
    });
    const other = { InstanceId: "crs-shanghai", Password: "zy456987" };
    expect(await call(port, { ...reset, parameters: other, region: "ap-shanghai" })).toMatchObject({ TaskId: 16658 });
  });
});
