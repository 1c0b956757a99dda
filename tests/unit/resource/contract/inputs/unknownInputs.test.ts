import { findProblems, unknownValue } from "../../../../../provider/resource/contract/inputs";
import { validInputs } from "../../../support/validInputs";

describe("unknown inputs and odd names are refused", () => {
  it("an unknown input, by its name", () => {
    expect(findProblems({ ...validInputs, pasword: "zy456987", noAuth: true })).toEqual([
      "pasword: is not an input of RedisInstancePassword",
      "noAuth: is not an input of RedisInstancePassword",
    ]);
  });

  it("in one line, for any name of an input or a trigger", () => {
    const name = `a\u2028\x1b[31mb\0c\ud800${"d".repeat(5000)}`;
    const shown = `a [31mb c ${"d".repeat(3000)}`;
    const problems = findProblems({ ...validInputs, [name]: 1, triggers: { [name]: 1 } });
    expect(problems).toEqual([
      `${`triggers.${shown}`.slice(0, 800)} … ${"d".repeat(200)}: must be a string`,
      `${shown.slice(0, 800)} … ${"d".repeat(200)}: is not an input of RedisInstancePassword`,
    ]);
  });

  it("an unknown input, even if a preview does not know its value yet", () => {
    expect(findProblems({ ...validInputs, pasword: unknownValue })).toEqual([
      "pasword: is not an input of RedisInstancePassword",
    ]);
  });

  it("in one line, for any name of a trigger", () => {
    expect(findProblems({ ...validInputs, triggers: { "two \r\n lines": 1 } })).toEqual([
      "triggers.two lines: must be a string",
    ]);
  });
});
