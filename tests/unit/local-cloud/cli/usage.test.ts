import type { OptionTable } from "../../../../local-cloud/cli/parseArguments";
import { resetOptions } from "../../../../local-cloud/cli/resetOptions";
import { serveOptions } from "../../../../local-cloud/cli/serveOptions";
import { resetUsage, usage } from "../../../../local-cloud/cli/usage";
import { faultKinds } from "../../../../local-cloud/faults/faultKinds";

describe.each<[string, { text: string; options: OptionTable; column: number }]>([
  ["tencent-redis-local", { text: usage, options: serveOptions, column: 29 }],
  ["tencent-redis-local reset", { text: resetUsage, options: resetOptions, column: 26 }],
])("the usage text of %s", (command, { text, options, column }) => {
  const lines = text.split("\n");

  it("begins with the syntax of the command", () => {
    expect(lines[0]).toBe(`Usage: ${command} [OPTION...]`);
  });

  it("begins the help of each option in the same column", () => {
    const columns = Object.values(options).map(({ help }) => {
      const [firstLine = ""] = help.split("\n");
      return lines.find((line) => line.endsWith(firstLine))?.indexOf(firstLine);
    });
    expect(new Set(columns)).toEqual(new Set([column]));
  });

  it("lists every option, and no other", () => {
    const listed = lines.map((line) => /^ {2}(?:-\w, )?--([a-z-]+)/.exec(line)?.[1]).filter(Boolean);
    expect(listed).toEqual(Object.keys(options));
  });

  it("fits a terminal of 80 columns", () => {
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe("the usage text of tencent-redis-local", () => {
  it.each([
    ["a value", "  --port N                   the port of the API"],
    ["a short name", "  -h, --help                 show this text"],
    ["a long name, on a line above its help", `  --web-identity-token-file FILE\n${" ".repeat(29)}the file`],
    ["a second line of help", `with the only token that\n${" ".repeat(29)}AssumeRoleWithWebIdentity accepts`],
    ["a kind of fault", "  delay:SECONDS      done at once"],
    ["a second line about a kind of fault", `returns the TaskId\n${" ".repeat(21)}ID; none`],
  ])("shows %s", (_, text) => {
    expect(usage).toContain(text);
  });

  it("lists every kind of fault, and no other", () => {
    const [, kinds = ""] = usage.split("Kinds of faults");
    const listed = [...kinds.matchAll(/^ {2}([a-z-]+)/gm)].map(([, kind]) => kind);
    expect(listed).toEqual(Object.keys(faultKinds));
  });

  it("says which options can be repeated", () => {
    const options = Object.entries(serveOptions);
    const described = options.filter(([, { help }]) => /\brepeatable\b/.test(help)).map(([name]) => name);
    expect(described).toEqual(options.filter(([, { repeatable }]) => repeatable).map(([name]) => name));
  });
});
