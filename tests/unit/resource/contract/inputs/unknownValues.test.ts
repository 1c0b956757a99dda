import { findProblems, unknownValue } from "../../../../../provider/resource/contract/inputs";
import { validInputs } from "../../../support/validInputs";

const notARegion = "region: must be a region such as ap-guangzhou";

describe("inputs that a preview does not know yet are accepted", () => {
  it.each(Object.keys(validInputs))("a preview accepts an unknown %s", (field) => {
    expect(findProblems({ ...validInputs, [field]: unknownValue })).toEqual([]);
  });

  it("a trigger", () => {
    expect(findProblems({ ...validInputs, triggers: { month: unknownValue } })).toEqual([]);
  });

  it.each(["host", "port", "tls", "ca", "servername"])("a part of verify: %s", (part) => {
    expect(findProblems({ ...validInputs, verify: { ...validInputs.verify, [part]: unknownValue } })).toEqual([]);
  });

  it("all of them", () => {
    expect(findProblems(Object.fromEntries(Object.keys(validInputs).map((field) => [field, unknownValue])))).toEqual(
      [],
    );
  });

  it("but known inputs are still checked", () => {
    expect(findProblems({ ...validInputs, password: unknownValue, region: "" })).toEqual([notARegion]);
  });
});
