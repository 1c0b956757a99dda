import { serveOptions } from "../../../../local-cloud/cli/commandLine";
import type { OptionTable } from "../../../../local-cloud/cli/parseArguments";
import { usage } from "../../../../local-cloud/cli/usage";
import { parseFault } from "../../../../local-cloud/faults/parseFault";

const options: OptionTable = serveOptions;

describe("the help", () => {
  it("has every option of the command, and no other", () => {
    const listed = [...usage.matchAll(/^ {2}(?:-h, )?--([a-z-]+)/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(Object.keys(options).sort());
  });

  it("says for each which value it takes", () => {
    const withValue = [...usage.matchAll(/^ {2}--([a-z-]+) \[?[A-Z]/gm)].map(([, name]) => name);
    const strings = Object.entries(options).filter(([, { type }]) => type === "string");
    expect(withValue.sort()).toEqual(strings.map(([name]) => name).sort());
  });

  it("says of each that can be given several times that it can", () => {
    const repeatable = [...usage.matchAll(/^ {2}--([a-z-]+)(?:(?!\n {2}--).)*repeatable/gms)].map(([, name]) => name);
    const several = Object.entries(options).filter(([, option]) => option.multiple);
    expect(repeatable.sort()).toEqual(several.map(([name]) => name).sort());
  });

  it("has every kind of fault", () => {
    const kinds = reasonAgainst("ResetPassword=nothing").replace("a fault's KIND must be one of ", "").split(", ");
    expect(kinds.length).toBeGreaterThan(10);
    const [, listed = ""] = usage.split("--fault ");
    expect(kinds.filter((kind) => !new RegExp(`^ +(\\w+, )?${kind}\\b`, "m").test(listed))).toEqual([]);
  });

  it("fits a terminal of 120 columns", () => {
    expect(usage.split("\n").filter((line) => line.length > 120)).toEqual([]);
  });
});

function reasonAgainst(fault: string): string {
  try {
    parseFault(fault);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("that is a fault");
}
