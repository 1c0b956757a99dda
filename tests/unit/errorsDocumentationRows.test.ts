import { readFileSync } from "node:fs";
import path from "node:path";

import { apiErrors } from "../../provider/tencentcloud/errors/apiErrors";

const page = readFileSync(path.join(__dirname, "..", "..", "docs", "errors.md"), "utf8");

/** The codes in the page's first table. */
const codes = [...page.matchAll(/^\| `([A-Z]\w+(?:\.[\w*]+)?)` +\| .+? +\|$/gm)].map(([, code = ""]) => code);

it("the page has a row for each code of the table", () => {
  expect(codes.map((code) => code.replace(".*", ""))).toEqual(apiErrors.map(({ code }) => code));
});
