import { handlersOn } from "../support/fakeService";
import { type CheckedInputs, newPassword, program } from "../support/resource";

describe("two resources on one instance", () => {
  const claiming = (claim: number, changes: object = {}) => program({ __claim: claim, ...changes });
  const isRefused = (sent: boolean) => [
    {
      property: "",
      reason:
        "instanceId: another resource of this program has the instance crs-5a4py64p: keep one of them" +
        (sent ? "; the reset of the other one was sent" : ""),
    },
  ];

  it("are told apart, where ignoreChanges hands over the recorded one: the second is refused", () => {
    const { check } = handlersOn();
    expect(check({}, claiming(1)).failures).toBeUndefined();
    expect(check({}, claiming(2)).failures).toEqual(isRefused(false));
  });

  it("are told apart after the first one was sent, which the error says", async () => {
    const { check, create } = handlersOn();
    await create(check({}, claiming(1)).inputs as CheckedInputs);
    expect(check({}, claiming(2)).failures).toEqual(isRefused(true));
  });

  it.each([
    ["the second check of a replacement", claiming(1)],
    ["the same resource with another password", claiming(1, { password: newPassword })],
    ["another region", claiming(2, { region: "ap-shanghai" })],
    ["another instance", claiming(2, { instanceId: "crs-another1" })],
    ["an instance not known yet", claiming(2, { instanceId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" })],
    ["a program of an older version", program()],
  ])("are not %s", (_, second) => {
    const { check } = handlersOn();
    check(claiming(1), claiming(1));
    expect(check({}, second).failures).toBeUndefined();
  });

  it("leave no claim behind in what is recorded", () => {
    expect(handlersOn().check({}, claiming(1)).inputs).not.toHaveProperty("__claim");
  });

  it("are not claimed by a check that fails for another reason", () => {
    const { check } = handlersOn();
    check({}, claiming(1, { password: "short" }));
    expect(check({}, claiming(2)).failures).toBeUndefined();
  });
});
