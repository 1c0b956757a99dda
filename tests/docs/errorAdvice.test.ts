import { readFileSync } from "node:fs";
import path from "node:path";

import { ApiError } from "../../provider/tencentcloud/errors/errors";

const page = readFileSync(path.join(__dirname, "..", "..", "docs", "errors.md"), "utf8");

/** The rows of the page's first table. */
const rows = [...page.matchAll(/^\| `([A-Z]\w+(?:\.[\w*]+)?)` +\| (.+?) +\|$/gm)].map(
  ([, code = "", advice = ""]) => [code, advice.replaceAll("`<action>`", "ResetPassword")] as const,
);

it.each(rows)("the page's advice for %s is the one that is shown", (code, advice) => {
  const { message } = new ApiError("ResetPassword", code.replace(".*", ".Any"), "id", "No.");
  expect(message).toContain(`). ${advice.charAt(0).toUpperCase()}${advice.slice(1)}`);
  expect(message).toMatch(/\.$/);
});
