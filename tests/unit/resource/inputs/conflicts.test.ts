import { findProblems, unknownValue } from "../../../../provider/resource/inputs";
import { validInputs } from "../../support/validInputs";

describe("conflicts between resources are refused", () => {
  it.each([
    "a text that is a secret",
    'a secret before "one" and "two" set the password of one instance: keep one of them',
    5,
    { toString: 5 },
  ])("a conflict that the class has not found: %j", (conflict) => {
    expect(findProblems({ ...validInputs, __conflict: conflict })).toEqual([
      "instanceId: must be the id of one instance",
    ]);
  });

  it("two resources for one instance, in the words of the program's side", () => {
    const conflict = '"one" and "two" set the password of one instance: keep one of them';
    expect(findProblems({ ...validInputs, __conflict: conflict })).toEqual([`instanceId: ${conflict}`]);
    expect(findProblems({ ...validInputs, __conflict: unknownValue })).toEqual([]);
    const named = `"${validInputs.password}" and "two" set the password of one instance: keep one of them`;
    expect(findProblems({ ...validInputs, __conflict: named })).toEqual([
      'instanceId: "[secret]" and "two" set the password of one instance: keep one of them',
    ]);
  });
});
