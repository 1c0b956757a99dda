import { CredentialsError } from "../errors/errors";

/** `pulumi config set --path` turns values of digits into numbers. */
const ofDigits: readonly string[] = ["sourceIdentity", "tokenCode"];

/** The fields of a setting that is an object: strings, and one number of seconds. */
type Fields<Text extends string> = Readonly<Partial<Record<Text, string>>> & {
  readonly sessionDuration?: number | undefined;
};

/**
 * Returns the fields of an object in Pulumi config, which arrives as JSON.
 *
 * @param key the config key, such as `tencentcloud:assumeRole`
 * @param texts the string fields
 * @throws CredentialsError with the field that is unknown or invalid
 */
export function parseConfigObject<Text extends string>(
  key: string,
  json: string,
  texts: readonly Text[],
): Fields<Text> {
  const name = `Config ${key}`;
  const known: readonly string[] = [...texts, "sessionDuration"];
  const fields = Object.entries(parseJsonObject(key, json)).map(([field, value]) => {
    if (!known.includes(field)) throw new CredentialsError(`${name}: ${unknownField(field)}, use ${known.join(", ")}`);
    if (field === "sessionDuration") return [field, parseSeconds(`${name}: ${field}`, value)];
    if (ofDigits.includes(field) && Number.isSafeInteger(value)) return [field, String(value)];
    if (!isText(value)) throw new CredentialsError(`${name}: ${field} must be a string`);
    return [field, value === "" ? undefined : value];
  });
  return Object.fromEntries(fields) as Fields<Text>;
}

function parseJsonObject(key: string, json: string): object {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new CredentialsError(`Config ${key} is not valid JSON: ${setWithPath(key)}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new CredentialsError(`Config ${key} must be a JSON object: ${setWithPath(key)}`);
}

/** An explicit provider takes the JSON itself. */
const setWithPath = (key: string): string => `in the stack's config, set it with --path, as in ${key}.roleArn`;

/** Shown only if it looks like a name: if the braces are missing, it could be a value. */
const unknownField = (field: string): string => (/^\w{1,40}$/.test(field) ? `unknown field ${field}` : "unknown field");

/** Rejects lone surrogates, which cannot be URL-encoded. */
const isText = (value: unknown): value is string => typeof value === "string" && !/\p{Cs}/u.test(value);

/** @throws CredentialsError for any value but digits, as a number or a string */
export function parseSeconds(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const seconds = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  if (typeof seconds === "number" && Number.isSafeInteger(seconds) && seconds > 0) return seconds;
  throw new CredentialsError(`${name} must be a whole number of seconds`);
}
