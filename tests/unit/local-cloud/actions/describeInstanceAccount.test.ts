import { formatChinaTime } from "../support/chinaTime";
import { settled, start, stopAll } from "../support/cloud";
import { call } from "../support/exchange";
import { documented, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const serviceTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string;
const code = (Code: string) => ({ Error: { Code } });

const page = { InstanceId: instanceId, Limit: 20, Offset: 0 };

describe("DescribeInstanceAccount", () => {
  const describing = (port: number, parameters: object = page) =>
    call(port, { action: "DescribeInstanceAccount", parameters });

  it("tells of root, and when its password was set", async () => {
    const port = await start();
    const root = {
      InstanceId: instanceId,
      AccountName: "root",
      Remark: "default",
      Privilege: "rw",
      ReadonlyPolicy: ["master"],
      Status: 2,
      // 2026-01-02T03:04:05Z, in China.
      CreateTime: "2026-01-02 11:04:05",
      PasswordLastModifiedTime: "2026-01-02 11:04:05",
    };
    expect(await describing(port)).toMatchObject({ TotalCount: 1, Accounts: [root] });
    const before = formatChinaTime(Date.now());
    await call(port, reset);
    await settled();
    const { Accounts } = await describing(port);
    const [after] = Accounts as [typeof root];
    expect(after).toEqual({ ...root, PasswordLastModifiedTime: serviceTime });
    expect(after.PasswordLastModifiedTime >= before).toBe(true);
    expect(after.PasswordLastModifiedTime <= formatChinaTime(Date.now())).toBe(true);
  });

  it.each([
    [
      { ...page, Offset: 1 },
      { Accounts: [], TotalCount: 1 },
    ],
    [{ ...page, Limit: 0 }, code("InvalidParameterValue")],
    [{ ...page, Offset: -1 }, code("InvalidParameterValue")],
    [{ InstanceId: instanceId }, code("MissingParameter")],
    [{ ...page, InstanceId: "crs-1" }, code("ResourceNotFound.InstanceNotExists")],
  ])("%j", async (parameters, expected) => {
    expect(await describing(await start(), parameters)).toMatchObject(expected);
  });
});
