import { isFingerprint } from "../../resource/contract/fingerprint";
import { unknownValue } from "../../resource/contract/inputs";

/** The key by which Pulumi's wire protocol marks an object that represents another value. */
const typeKey = "4dabf18193072939515e22adb298388d";
const secretType = "1b47061264138c4ac30d75fd1eb44270";
const outputType = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Marks a value as a secret. */
export const markSecret = (value: unknown): object => ({ [typeKey]: secretType, value });

/**
 * Marks every fingerprint in an object of properties as a secret, and `sentTriggers`: Pulumi itself marks an output only
 * if the program's input of the same name is secret.
 */
export const markSecrets = (properties: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      name,
      isFingerprint(value) || name === "sentTriggers" ? markSecret(value) : value,
    ]),
  );

/** Returns the same properties without any mark, nested ones included. */
export const withoutMarks = <T extends object>(properties: T): T => unmark(properties) as T;

function unmark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== "object" || value === null) return value;
  const parts = value as Record<string, unknown>;
  if (parts[typeKey] === secretType) return unmark(parts.value);
  // An output without a value is not known yet.
  if (parts[typeKey] === outputType) return "value" in parts ? unmark(parts.value) : unknownValue;
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, unmark(part)]));
}
