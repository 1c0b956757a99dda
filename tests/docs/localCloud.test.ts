import { secretVariables } from "../../local-cloud/cli/secrets";
import { serveOptions } from "../../local-cloud/cli/serveOptions";
import { faultKinds } from "../../local-cloud/faults/faultKinds";
import { readPage } from "../support/markdown";

const page = readPage("docs/local-cloud.md");

/** The cells of the rows of a table, which is known by the heading of its first column. */
function tableRows(heading: string): string[][] {
  const [, table = ""] = page.split(new RegExp(`^\\| ${heading} +\\|.*\\n`, "m"));
  const [rows = ""] = table.split(/\n(?!\|)/);
  return rows
    .split("\n")
    .slice(1)
    .map((row) => row.split("|").map((cell) => cell.trim().replace(/^`(.*)`$/, "$1")))
    .map((cells) => cells.slice(1, -1));
}

it("docs/local-cloud.md lists every kind of fault as the command takes it, in the order of its help", () => {
  const forms = Object.entries(faultKinds).map(([kind, { value }]) =>
    value === undefined ? kind : `${kind}:${value}`,
  );
  expect(tableRows("kind").map(([form]) => form)).toEqual(forms);
});

it("docs/local-cloud.md lists every secret with its option and its environment variable", () => {
  const withVariable = Object.entries(serveOptions).flatMap(([name, { variable }]) =>
    variable === undefined ? [] : [[`--${name} FILE`, variable]],
  );
  expect(withVariable.map(([, variable]) => variable)).toEqual(Object.values(secretVariables));
  const [ofOneInstance, ...others] = tableRows("secret").map(([, option, variable]) => [option, variable]);
  expect(ofOneInstance).toEqual(["--password-file crs-…=FILE", ""]);
  expect(others).toEqual(withVariable);
});
