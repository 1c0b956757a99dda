import { TransportError } from "../errors/errors";
import type { ApiResponse } from "./request";

/** Returns a field that is a text, or the empty text in its place. */
export const readText = (value: unknown): string => (typeof value === "string" ? value : "");

/** @throws TransportError when the answer has no such list */
export function requireList(action: string, response: ApiResponse, field: string): Record<string, unknown>[] {
  const list = response[field];
  if (!Array.isArray(list)) throw missingField(action, field);
  return list.filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null);
}

/** Which part of a list was asked for. */
export interface PageRange {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Returns the entries of a page, and whether the list ends with it: the page is not full, or reaches to `TotalCount`. A
 * `TotalCount` that does not fit what has come is not looked at.
 *
 * @throws TransportError when the answer has no such list
 */
export function requirePage(action: string, response: ApiResponse, field: string, { offset, limit }: PageRange) {
  // Nothing may be written as null, too.
  if (response[field] === null && Number(response.TotalCount ?? NaN) <= offset) return { entries: [], isLast: true };
  const entries = requireList(action, response, field);
  const { length } = response[field] as unknown[];
  return { entries, isLast: length < limit || offset + length === response.TotalCount };
}

/** @throws TransportError when the answer has no such number */
export function requireNumber(action: string, response: ApiResponse, field: string): number {
  const value = response[field];
  if (!Number.isSafeInteger(value)) throw missingField(action, field);
  return value as number;
}

export const missingField = (action: string, field: string): TransportError =>
  new TransportError(action, "unusable", `the answer has no usable ${field}`);
