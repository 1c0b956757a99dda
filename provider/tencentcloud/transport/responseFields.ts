import { TransportError } from "../errors/errors";
import type { ApiResponse } from "./request";

/** Returns a field that is a string, or an empty string for any other value. */
export const readText = (value: unknown): string => (typeof value === "string" ? value : "");

/** @throws TransportError if the response has no such list */
export function requireList(action: string, response: ApiResponse, field: string): Record<string, unknown>[] {
  const list = response[field];
  if (!Array.isArray(list)) throw missingField(action, field);
  return list.filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null);
}

/** The requested part of a list. */
export interface PageRange {
  readonly offset: number;
  readonly limit: number;
}

/**
 * Returns the entries of a page, and whether it is the last one: it is not full, or reaches `TotalCount`. A
 * `TotalCount` that contradicts the entries is ignored.
 *
 * @throws TransportError if the response has no such list
 */
export function requirePage(action: string, response: ApiResponse, field: string, { offset, limit }: PageRange) {
  // An empty list may also be null.
  if (response[field] === null && Number(response.TotalCount ?? NaN) <= offset) return { entries: [], isLast: true };
  const entries = requireList(action, response, field);
  const { length } = response[field] as unknown[];
  return { entries, isLast: length < limit || offset + length === response.TotalCount };
}

/** @throws TransportError if the response has no such number */
export function requireNumber(action: string, response: ApiResponse, field: string): number {
  const value = response[field];
  if (!Number.isSafeInteger(value)) throw missingField(action, field);
  return value as number;
}

export const missingField = (action: string, field: string): TransportError =>
  new TransportError(action, "unusable", `the answer has no usable ${field}`);
