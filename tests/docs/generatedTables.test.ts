import { apiErrorsTable } from "../../tools/apiErrorsTable";
import { readPage } from "../support/markdown";

it("docs/errors.md has the code's table of error codes, verdicts and advice", () => {
  expect(readPage("docs/errors.md")).toContain(apiErrorsTable());
});
