import { docstringsTable } from "../../tools/docstringsTable";

const source = `
/** The arguments. */
export interface Args {
  /** The name, such as \`a\`. A change
   * replaces it.
   *
   * Not in the table.
   */
  name: string;
  /** How long to wait. @default 600 */
  seconds?: number;
}
export class Resource {
  /** As given. */
  declare readonly name: string;
  constructor() {}
}
interface Undocumented {
  // Not a docstring.
  name: string;
}`;

it("lists the members of interfaces and classes by their docstrings' first paragraphs and defaults", () => {
  expect(docstringsTable(["input", "meaning"], source, "Args", "Resource").split(/ *\n/)).toEqual([
    "| input     | meaning                                      |",
    "| --------- | -------------------------------------------- |",
    "| `name`    | The name, such as `a`. A change replaces it. |",
    "| `seconds` | How long to wait. Default: 600.              |",
    "| `name`    | As given.                                    |",
  ]);
});

it.each([
  ["a declaration that does not exist", "Other", "there is no interface or class Other"],
  ["a member without a docstring", "Undocumented", "name has no docstring"],
])("rejects %s", (_, name, message) => {
  expect(() => docstringsTable(["input", "meaning"], source, name)).toThrow(message);
});
