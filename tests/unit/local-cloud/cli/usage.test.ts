import { serveOptions } from "../../../../local-cloud/cli/serveOptions";
import { usage } from "../../../../local-cloud/cli/usage";
import { faultKinds } from "../../../../local-cloud/faults/faultKinds";

describe("the usage text", () => {
  it("begins the help of each option in the same column", () => {
    const columns = Object.values(serveOptions).map(({ help }) => {
      const [firstLine = ""] = help.split("\n");
      return usage
        .split("\n")
        .find((line) => line.endsWith(firstLine))
        ?.indexOf(firstLine);
    });
    expect(new Set(columns)).toEqual(new Set([29]));
  });

  it.each([
    ["a value", "  --port N                   the port of the API"],
    ["a short name", "  -h, --help                 show this text"],
    ["a long name, on a line above its help", `  --web-identity-token-file FILE\n${" ".repeat(29)}the token`],
    ["a second line of help", `AssumeRoleWithWebIdentity accepts\n${" ".repeat(29)}(default`],
    ["a kind of fault", `${" ".repeat(31)}delay:SECONDS      done at once`],
    ["a second line about a kind of fault", `with this id;\n${" ".repeat(50)}none for no id`],
  ])("shows %s", (_, text) => {
    expect(usage).toContain(text);
  });

  it("lists every kind of fault", () => {
    const listed = usage.split("\n").map((line) => /^ {31}([a-z-]+)/.exec(line)?.[1]);
    expect(listed).toEqual(expect.arrayContaining(Object.keys(faultKinds)));
  });

  it("fits a terminal of 120 columns", () => {
    expect(usage.split("\n").filter((line) => line.length > 120)).toEqual([]);
  });
});

it("the help says which options can be repeated", () => {
  const options = Object.entries(serveOptions);
  const described = options.filter(([, { help }]) => /\brepeatable\b/.test(help)).map(([name]) => name);
  expect(described).toEqual(options.filter(([, { repeatable }]) => repeatable).map(([name]) => name));
});
