import { authAccepted } from "../../../tools/redisAuth";
import { awaitEnd } from "./awaitEnd";
import type { Outcome, SdkRequest } from "./sdkProcess";

/** The custom accounts that the cloud for {@link itChangesCustomAccounts} needs. */
export const customAccounts = { reader: undefined, writer: "writer-1t" };

export interface AccountCalls {
  readonly InstanceId: string;
  readonly port: number;
  /** Sends a request, with the SDK. */
  readonly send: (call: Pick<SdkRequest, "service" | "action" | "parameters">) => Promise<Outcome>;
}

/** The calls for custom accounts, as the vendor documents them and as its Terraform provider makes them. */
export function itChangesCustomAccounts(startCalls: () => AccountCalls): void {
  const AccountName = "reader";

  it("changes the password of a custom account as Terraform's provider does, and no other account", async () => {
    const { InstanceId, port, send } = startCalls();
    const list = async () => {
      const parameters = { InstanceId, Limit: 20, Offset: 0 };
      const { answer } = await send({ service: "redis", action: "DescribeInstanceAccount", parameters });
      return answer?.Accounts as readonly Readonly<Record<string, unknown>>[];
    };
    const modify = async (changes: object) => {
      const parameters = { InstanceId, AccountName, ...changes };
      const { answer, error } = await send({ service: "redis", action: "ModifyInstanceAccount", parameters });
      expect(error).toBeUndefined();
      const task = { service: "redis", action: "DescribeTaskInfo", parameters: { TaskId: answer?.TaskId } } as const;
      expect(await awaitEnd(() => send(task))).toMatchObject({
        Status: "succeed",
        TaskType: "FLOW_MODIFYINSTANCEACCOUNT",
        InstanceId,
        TaskMessage: "",
      });
    };
    await modify({ AccountPassword: "reader-1t", Remark: "conformance" });
    const before = await list();
    expect(before.map((account) => account.AccountName)).toEqual(["root", "reader", "writer"]);
    expect(await authAccepted(port, "reader@reader-1t")).toBe(true);

    const { Privilege, ReadonlyPolicy } = before[1] ?? {};
    const AccountPassword = "aA0()~!@#$%^&*-+=_|{}[]:;<>,.?/";
    await modify({ AccountPassword, Privilege, ReadonlyPolicy });
    expect(await authAccepted(port, `reader@${AccountPassword}`)).toBe(true);
    expect(await authAccepted(port, "reader@reader-1t")).toBe(false);
    expect(await authAccepted(port, "writer@writer-1t")).toBe(true);
    const PasswordLastModifiedTime = expect.any(String) as unknown;
    expect(await list()).toEqual([before[0], { ...before[1], PasswordLastModifiedTime }, before[2]]);
  });

  it.each([
    ["an unknown account", { AccountName: "unknown" }, "InvalidParameter.PermissionDenied"],
    ["password-free mode for a custom account", { NoAuth: true }, "FailedOperation.UnSupportError"],
    ["an empty privilege", { Privilege: "" }, "InvalidParameterValue"],
  ])("reports that a change of %s is refused", async (_, changes, code) => {
    const { InstanceId, send } = startCalls();
    const parameters = { InstanceId, AccountName, ...changes };
    const { error } = await send({ service: "redis", action: "ModifyInstanceAccount", parameters });
    expect(error).toMatchObject({ code });
  });
}
