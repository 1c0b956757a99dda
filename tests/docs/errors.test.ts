import { ApiError } from "../../provider/tencentcloud/errors/errors";
import { apiErrors } from "../../provider/tencentcloud/errors/apiErrors";
import { readPage } from "../support/markdown";

/** The rows of the page's first table. */
const rows = [...readPage("docs/errors.md").matchAll(/^\| `([A-Z]\w+(?:\.[\w*]+)?)` +\| (.+?) +\|$/gm)].map(
  ([, code = "", text = ""]) => [code, text.replaceAll("`<action>`", "ResetPassword")] as const,
);

it.each(rows)("the page's advice for %s is the one that is shown", (code, text) => {
  const { message } = new ApiError("ResetPassword", code.replace(".*", ".Any"), "id", "No.");
  expect(message).toContain(`). ${text.charAt(0).toUpperCase()}${text.slice(1)}`);
  expect(message).toMatch(/\.$/);
});

it("the page has a row for each piece of advice", () => {
  expect(rows.map(([code]) => code.replace(".*", ""))).toEqual(apiErrors.map((entry) => entry.code));
});
