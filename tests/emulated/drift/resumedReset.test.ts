import { expectDocumentedLines } from "../../support/documentedLines";
import { type OneResource, first, foreign, instanceId, oneResource } from "../support/oneResource";

const begin = oneResource();
const hourMs = 3_600_000;

describe("a reset that a later run completes", () => {
  it.each<[string, (one: OneResource) => Promise<void>]>([
    [
      "the account's password was changed",
      (one) => one.somebodyElse("ModifyInstanceAccount", { AccountPassword: foreign }),
    ],
    ["somebody else reset the password", (one) => one.somebodyElse("ResetPassword", { Password: foreign })],
    ["password-free mode was switched on", (one) => one.somebodyElse("ResetPassword", { NoAuth: true })],
  ])("is sent again by an up that refreshes if %s in between", async (_, change) => {
    const one = await begin({ taskSeconds: 2 });
    one.inputs = { timeoutSeconds: 0.5 };
    expect(await one.up(first)).toMatchObject({ code: 1 });
    one.inputs = {};
    await one.cloud.time.pass(hourMs / 2);
    await change(one);
    await one.cloud.time.pass(hourMs);
    const completed = await one.up(first, { refresh: true });
    expect(completed).toMatchObject({ code: 0 });
    expectDocumentedLines(completed.lines.join("\n"), "The password is sent again");
    await one.expectRight(first, 2);
    expect(await one.refresh()).toMatchObject({ code: 0, lines: [] });
  });

  it("is no drift if somebody else's reset came in between and ended before it", async () => {
    const one = await begin();
    one.inputs = { timeoutSeconds: 0.5 };
    one.cloud.addFault("ResetPassword=task-stuck*1");
    expect(await one.up(first)).toMatchObject({ code: 1 });
    one.inputs = {};
    await one.cloud.time.pass(hourMs);
    await one.somebodyElse("ResetPassword", { Password: foreign });
    await one.cloud.time.pass(hourMs);
    one.cloud.clearFaults();
    expect(await one.up(first)).toMatchObject({ code: 0 });
    expect(await one.cloud.accepts(first, instanceId)).toBe(true);
    expect(await one.refresh()).toMatchObject({ code: 0, lines: [] });
  });
});
