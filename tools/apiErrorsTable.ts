import { type ApiErrorCode, apiErrors } from "../provider/tencentcloud/errors/apiErrors";
import { markdownTable } from "./markdownTable";

/**
 * Returns the table of docs/errors.md: every code that is retried or comes with advice, which is worded as for a failed
 * reset.
 */
export const apiErrorsTable = (): string => markdownTable(["code", "verdict", "advice"], apiErrors.map(toRow));

const toRow = ({ code, verdict, advice }: ApiErrorCode): string[] => [
  `\`${code}\``,
  verdict,
  advice?.({ action: "ResetPassword" }) ?? "none",
];
