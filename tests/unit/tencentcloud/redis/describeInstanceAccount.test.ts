import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { lookUpPasswordTime } from "../../../../provider/tencentcloud/redis/describeInstanceAccount";
import { scriptedClient } from "../../support/scriptedClient";

const deadline = deadlineIn(600);

describe("when the password was last set", () => {
  const root = { AccountName: "root", PasswordLastModifiedTime: "2026-01-02 12:00:05" };
  it.each<[string, object[], string | undefined]>([
    ["is that of the account root", [{ ...root, AccountName: "reader" }, root], "2026-01-02 12:00:05"],
    ["is not known where the service has kept no time", [{ ...root, PasswordLastModifiedTime: "" }], undefined],
    ["is not known where the service tells no time", [{ ...root, PasswordLastModifiedTime: "never" }], undefined],
    ["is not known where there is no such account", [{ ...root, AccountName: "reader" }], undefined],
  ])("%s", async (_, Accounts, time) => {
    const { client, calls } = scriptedClient({ Accounts });
    await expect(lookUpPasswordTime(client, "crs-5a4py64p", deadline)).resolves.toBe(time);
    const parameters = { InstanceId: "crs-5a4py64p", Limit: 100, Offset: 0 };
    expect(calls).toEqual([{ action: "DescribeInstanceAccount", parameters, deadline, patienceMs: 5000 }]);
  });
});
