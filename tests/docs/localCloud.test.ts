import { secretVariables } from "../../local-cloud/cli/secrets";
import { serveOptions } from "../../local-cloud/cli/serveOptions";
import { faultKinds } from "../../local-cloud/faults/faultKinds";
import { codeIn, readPage, tableRows } from "../support/markdown";

const page = "docs/local-cloud.md";

it("docs/local-cloud.md lists every kind of fault in the command's syntax, in the order of its help", () => {
  const forms = Object.entries(faultKinds).map(([kind, { value }]) =>
    value === undefined ? kind : `${kind}:${value}`,
  );
  expect(tableRows(page, "kind").flatMap(([form = ""]) => codeIn(form))).toEqual(forms);
});

it("docs/local-cloud.md names the actions that each kind of fault applies to", () => {
  const values: Readonly<Record<string, string>> = { SECONDS: "1", CODE: "InternalError", STATUS: "500", ID: "0" };
  const actions = { request: "all", task: "that start a task", instance: "with an InstanceId" };
  const expected = Object.values(faultKinds).map(({ value, read }) => {
    const fault = read(value === undefined ? undefined : (values[value] ?? "any text"));
    return fault && actions[fault.subject];
  });
  expect(tableRows(page, "kind").map(([, cell]) => cell)).toEqual(expected);
});

it("docs/local-cloud.md lists every secret with its option and its environment variable", () => {
  const withVariable = Object.entries(serveOptions).flatMap(([name, { variable }]) =>
    variable === undefined ? [] : [[`--${name} FILE`, variable]],
  );
  expect(withVariable.map(([, variable]) => variable)).toEqual(Object.values(secretVariables));
  const [ofOneInstance, ofOneAccount, ...others] = tableRows(page, "secret").map(([, ...cells]) =>
    codeIn(cells.join(" ")),
  );
  expect(ofOneInstance).toEqual(["--password-file crs-…=FILE"]);
  expect(ofOneAccount).toEqual(["--password-file ID/NAME=FILE"]);
  expect(others).toEqual(withVariable);
});

it.each(["README.md", page])("%s names only existing options of the command", (file) => {
  const ofPulumi = ["replace", "secret"];
  const named = codeIn(readPage(file)).flatMap((code) => [
    ...code.matchAll(/(?:^|^npx tencent-redis-local .*)--([a-z-]+)/g),
  ]);
  const unknown = named.map(([, option = ""]) => option).filter((option) => !Object.hasOwn(serveOptions, option));
  expect(unknown.filter((option) => !ofPulumi.includes(option))).toEqual([]);
});
