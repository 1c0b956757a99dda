import { findProblems, unknownValue } from "../../../../provider/resource/contract/inputs";
import { validInputs as inputsOfAnAccount } from "../../support/validInputs";

const validInputs = { ...inputsOfAnAccount, account: undefined };

describe("conflicts between resources are refused", () => {
  it.each(["a text that is a secret", ["one name"], ["a name", 5], 5, { toString: 5 }])(
    "a conflict that the class has found: %j",
    (conflict) => {
      expect(findProblems({ ...validInputs, __conflict: conflict })).toEqual([
        "instanceId: must be the id of one instance",
      ]);
    },
  );

  it.each([
    [["one", "two"], '"one" and "two"'],
    [["one", "two", "three"], '"one" and "two" and "three"'],
  ])("resources for one instance, by their names: %j", (names, subject) => {
    expect(findProblems({ ...validInputs, __conflict: names })).toEqual([
      `instanceId: ${subject} set the password of the same account: keep one of them`,
    ]);
  });

  it("resources for one account, with the fields that distinguish it from others", () => {
    expect(findProblems({ ...validInputs, account: "app", __conflict: ["one", "two"] })).toEqual([
      'account: "one" and "two" set the password of the same account: keep one of them',
    ]);
  });

  it("a conflict that a preview does not know yet is ignored", () => {
    expect(findProblems({ ...validInputs, __conflict: unknownValue })).toEqual([]);
  });

  it("a resource whose name is the password is not named", () => {
    expect(findProblems({ ...validInputs, __conflict: [validInputs.password, "two"] })).toEqual([
      'instanceId: "[secret]" and "two" set the password of the same account: keep one of them',
    ]);
  });
});
