import { findProblems, unknownValue } from "../../../../../provider/resource/contract/inputs";
import { validInputs as inputsOfAnAccount } from "../../../support/validInputs";

const validInputs = { ...inputsOfAnAccount, account: undefined };

describe("conflicts between resources", () => {
  it.each(["a text that is a secret", ["one name"], ["a name", 5], 5, { toString: 5 }])(
    "are refused without names if the class passes no valid names: %j",
    (conflict) => {
      expect(findProblems({ ...validInputs, __conflict: conflict })).toEqual([
        "instanceId: must be the id of one instance",
      ]);
    },
  );

  it.each([
    [["one", "two"], '"one" and "two"'],
    [["one", "two", "three"], '"one" and "two" and "three"'],
  ])("are refused with the names of the resources: %j", (names, subject) => {
    expect(findProblems({ ...validInputs, __conflict: names })).toEqual([
      `instanceId: ${subject} set the password of the same account: keep one of them`,
    ]);
  });

  it("are refused as a problem of the input account if the resources have one", () => {
    expect(findProblems({ ...validInputs, account: "app", __conflict: ["one", "two"] })).toEqual([
      'account: "one" and "two" set the password of the same account: keep one of them',
    ]);
  });

  it("are ignored if a preview does not know them yet", () => {
    expect(findProblems({ ...validInputs, __conflict: unknownValue })).toEqual([]);
  });

  it("are refused without a name that is the password", () => {
    expect(findProblems({ ...validInputs, __conflict: [validInputs.password, "two"] })).toEqual([
      'instanceId: "[secret]" and "two" set the password of the same account: keep one of them',
    ]);
  });
});
