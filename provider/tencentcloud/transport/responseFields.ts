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

/** @throws TransportError when the answer has no such number */
export function requireNumber(action: string, response: ApiResponse, field: string): number {
  const value = response[field];
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw missingField(action, field);
  return value;
}

export const missingField = (action: string, field: string): TransportError =>
  new TransportError(action, "unusable", `the answer has no usable ${field}`);
