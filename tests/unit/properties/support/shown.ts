import { Console } from "node:console";
import { Writable } from "node:stream";
import { inspect } from "node:util";

/** Returns what `console.error` prints for a value. */
function printed(value: unknown): string {
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      done();
    },
  });
  new Console(stream).error(value);
  return text;
}

/**
 * Returns all texts that are reachable from a value by its own properties, including hidden ones and those of its
 * prototypes.
 */
function reached(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value === "string") return [value];
  if (value === null || (typeof value !== "object" && typeof value !== "function") || seen.has(value)) return [];
  seen.add(value);
  const isOfNode = typeof value === "function" || Object.hasOwn(value, "constructor");
  if (isOfNode) return [];
  const own = Reflect.ownKeys(value).flatMap((key) => [String(key), ...reached(Reflect.get(value, key), seen)]);
  const entries =
    value instanceof Map || value instanceof Set ? [...value].flatMap((entry) => reached(entry, seen)) : [];
  return [...own, ...entries, ...reached(Object.getPrototypeOf(value), seen)];
}

/** Returns everything that is visible of a value. */
export const shown = (value: unknown): string =>
  [
    String(value),
    JSON.stringify(value),
    JSON.stringify(value, Object.getOwnPropertyNames(Object(value))),
    String((value as Error | undefined)?.stack),
    inspect(value),
    inspect(value, { depth: null, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null }),
    inspect(value, { customInspect: false, showProxy: true, compact: false, depth: null }),
    printed(value),
    ...reached(value),
  ].join("\n");

/** The errors of this package. */
const own = [
  "ApiError",
  "TaskError",
  "TaskTimeoutError",
  "TransportError",
  "RecordedFailure",
  "CredentialsError",
  "SettingsError",
];

/** Expects an error of this package: one readable line without a secret. */
export function expectOwnError(error: unknown): void {
  expect(own).toContain((error as Error).name);
  expectReadable((error as Error).message);
  expect(shown(error)).not.toContain("C4nary");
}

/** Expects one line of limited length without control characters. */
export function expectReadable(line: string): void {
  expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(line).not.toBe("");
  expect(line.length).toBeLessThan(2500);
}
