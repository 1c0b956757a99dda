import { apiErrorsTable } from "../../tools/apiErrorsTable";
import { settingsTable } from "../../tools/settingsTable";
import { readPage } from "../support/markdown";

it.each([
  ["docs/errors.md", "error codes, verdicts and advice", apiErrorsTable],
  ["docs/credentials.md", "settings", settingsTable],
])("%s has the generated table of %s", (page, _, table) => {
  expect(readPage(page)).toContain(table());
});
