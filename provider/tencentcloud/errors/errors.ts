/**
 * Every error this package throws. Each message stands alone in one line and never holds a secret.
 *
 * The guards look at `name`: an error may come from another copy of this module, where `instanceof` fails.
 */

/** An error that says what happened and, where a person can do something about it, what: one instruction. */
class AdvisingError extends Error {
  constructor(
    /** What happened, without what to do: for a line that says itself what happens next. */
    readonly summary: string,
    /** What to do, as the rest of a sentence: `check the region`. */
    readonly remedy: string | undefined,
    options?: ErrorOptions,
  ) {
    super(remedy === undefined ? summary : inSentences(summary, remedy), options);
  }
}

/** The service refused a call. */
export class ApiError extends AdvisingError {
  override readonly name = "ApiError";

  constructor(
    readonly action: string,
    /** The vendor's code, such as `AuthFailure.SignatureFailure`. */
    readonly code: string,
    readonly requestId: string,
    vendorMessage: string,
    /** How far this machine's clock is ahead of the service's, where that is known. */
    clockAheadMs?: number,
    { keySource, ...options }: ErrorOptions & { readonly keySource?: string | undefined } = {},
  ) {
    const source = keySource && isKeyRefused(code) ? `; the key is from ${oneLine(keySource)}` : "";
    const cause = oneLine(`${vendorMessage} (${code}, request ${requestId})`);
    super(`${action} failed: ${cause}${source}`, adviceFor(code, { action, clockAheadMs }), options);
  }
}

/** The clock is to blame for an expired signature, and not the key. */
const isKeyRefused = (code: string): boolean => /^AuthFailure(?!\.SignatureExpire\b)/.test(code);

/** The task of a reset, as far as an error names it. */
export interface ResetTask {
  readonly taskId: number;
  readonly instanceId?: string;
  /** The request that was accepted, for the vendor's support. */
  readonly requestId?: string;
}

/** The service accepted a reset, and its task then ended without success. */
export class TaskError extends AdvisingError {
  override readonly name = "TaskError";

  constructor(
    readonly task: ResetTask,
    /** The vendor's word: `failed` or `error`. */
    readonly status: string,
    readonly taskMessage: string,
    options?: ErrorOptions,
  ) {
    const end = `ended as ${status}: ${oneLine(taskMessage) || "the service gave no message"}`;
    super(`ResetPassword failed: ${taskDid(task, end)}`, "run `pulumi up` to send the password again", options);
  }
}

/** A task was still running when the time to wait for it was over. */
export class TaskTimeoutError extends AdvisingError {
  override readonly name = "TaskTimeoutError";

  constructor(
    readonly task: ResetTask,
    timeoutSeconds: number,
    options?: ErrorOptions,
  ) {
    const summary = `ResetPassword timed out: ${taskDid(task, `was still running after ${timeoutSeconds} s`)}`;
    super(summary, undefined, options);
  }
}

/** The service does not know the task of an accepted reset. */
export class TaskUnknownError extends AdvisingError {
  override readonly name = "TaskUnknownError";
  /** Why the reset is in doubt: a sentence. */
  readonly reason: string;

  constructor(
    readonly task: ResetTask,
    options?: ErrorOptions,
  ) {
    super(`ResetPassword failed: ${taskDid(task, "is unknown to the service")}`, undefined, options);
    this.reason = `task ${task.taskId} is unknown to the service`;
  }
}

const taskDid = ({ taskId, instanceId, requestId }: ResetTask, end: string): string => {
  const instance = instanceId === undefined ? "" : ` of ${instanceId}`;
  const request = requestId === undefined ? "" : ` (request ${requestId})`;
  return `task ${taskId}${instance} ${end}${request}`;
};

/** The state of an instance forbids what was asked for, and does not pass by itself. */
export class InstanceError extends AdvisingError {
  override readonly name = "InstanceError";

  /** @param refusal the service's own words for it, where it was asked */
  constructor(instanceId: string, condition: "isolated" | "to be deleted", operation: string, refusal?: unknown) {
    const told = isApiError(refusal) ? ` (${refusal.code}, request ${refusal.requestId})` : "";
    const summary = `${operation} failed: the instance ${instanceId} is ${condition}${told}`;
    super(summary, instanceAdvice[condition], { cause: refusal });
  }
}

/** What to do about an instance that nothing can be done with. */
export const instanceAdvice = {
  isolated: "restore the instance in the console, then run `pulumi up`",
  "to be deleted": "remove the resource from the program",
} as const;

/** No usable answer came. */
export class TransportError extends Error {
  override readonly name = "TransportError";

  constructor(
    readonly action: string,
    /**
     * `unreachable`: nothing was sent, and the next attempt may get through. `refused`: nothing was sent, nor ever will
     * be. `lost`: it may have been carried out, no answer came. `unusable`: it may have been carried out, and what came
     * is no answer of this API.
     */
    readonly outcome: "unreachable" | "refused" | "lost" | "unusable",
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(`${action} got no usable answer: ${oneLine(reason)}`, options);
  }
}

/** No credentials were found, or those found cannot be used. */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";

  constructor(message: string, options?: ErrorOptions) {
    super(withoutControls(message), options);
  }
}

/** A setting outside the resource's inputs is wrong. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(message: string, options?: ErrorOptions) {
    super(withoutControls(message), options);
  }
}

export const isApiError = (error: unknown): error is ApiError => hasName(error, "ApiError");
export const isTaskError = (error: unknown): error is TaskError => hasName(error, "TaskError");
export const isTaskUnknownError = (error: unknown): error is TaskUnknownError => hasName(error, "TaskUnknownError");
export const isTaskTimeoutError = (error: unknown): error is TaskTimeoutError => hasName(error, "TaskTimeoutError");
export const isTransportError = (error: unknown): error is TransportError => hasName(error, "TransportError");

/** Whether the service says that what was asked for is not there. */
export const isNotFound = (error: unknown): error is ApiError =>
  isApiError(error) && error.code.startsWith("ResourceNotFound");

/** An error that says all in its sentence: Pulumi prints the stack of what check, diff and read throw, which would hide it. */
export const sentence = (text: string): Error => Object.assign(new Error(text), { stack: "" });

/** Takes the stack from an error of this package, to the same end. */
export function withoutStack(error: unknown): unknown {
  if (error instanceof Error && ownErrors.has(error.name)) error.stack = "";
  return error;
}

const ownErrors = new Set([
  "ApiError",
  "TaskError",
  "TransportError",
  "CredentialsError",
  "SettingsError",
  "InstanceError",
]);

/**
 * Cuts secrets out of words that are not ours, and parts of them too, as are left where a text was cut off: as they
 * are, and as JSON, a URL, HTML, base64 or hex would write them.
 */
export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  return withoutRuns(cutterOf(secrets)(text), new Set(spellingsOfAll(secrets).flatMap(runsOf)));
}

/** Cuts out only what is there as a whole, of many texts: what each secret looks like is worked out once. */
export function cutterOf(secrets: readonly (string | undefined)[]): (text: string) => string {
  // The longest first: of a secret that begins with another one, the rest would be left.
  const written = spellingsOfAll(secrets).sort((one, other) => other.length - one.length);
  const escape = (spelling: string) => spelling.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const longest = written[0]?.length ?? 0;
  const cut = (text: string) => {
    // Hardly any text holds one, and a pattern for each request would take more memory than all else of it.
    if (!written.some((spelling) => text.includes(spelling))) return text;
    return text.replace(new RegExp(written.map(escape).join("|"), "g"), "[secret]");
  };
  return (text) => {
    if (text.length <= longestSearched) return cut(text);
    const start = cut(text.slice(0, longestSearched));
    // Its end may be the beginning of a secret.
    return start.slice(0, Math.max(0, start.length - longest));
  };
}

/** Returns a function that tells whether a text holds a secret, also in JSON, a URL, HTML, base64 or hex. */
export function holderOf(secret: string): (text: string) => boolean {
  const spellings = spellingsOf(secret);
  return (text) => spellings.some((spelling) => text.includes(spelling));
}

/** Far more than is ever shown of a text. The service's answers may have megabytes. */
const longestSearched = 20_000;

/**
 * Returns how base64 writes a text, for `withoutSecrets`: of a request as a whole, which is a secret only in that form,
 * since in itself it holds words that any message may have.
 */
export const base64Of = (text: string): string[] => base64Spellings(Buffer.from(text));

/** Each once: most texts look the same in most of the ways. */
const spellingsOfAll = (secrets: readonly (string | undefined)[]): string[] => {
  const given = new Set(secrets.filter((secret) => secret !== undefined && secret !== ""));
  return [...new Set([...given].flatMap((secret) => spellingsOf(secret as string)))];
};

/** So many characters of a secret give it away. */
const runLength = 8;

/** What the service's messages are full of. To cut such a word out would only tell that it is a part of the secret. */
const isWord = (part: string): boolean =>
  /^[^A-Za-z]?(database|instance|internal|operation|parameter|password|resource|security|username)[^A-Za-z]?$/i.test(
    part,
  );

function runsOf(text: string): string[] {
  const starts = Array.from({ length: Math.max(0, text.length - runLength + 1) }, (_, start) => start);
  return starts.map((start) => text.slice(start, start + runLength));
}

function withoutRuns(text: string, runs: ReadonlySet<string>): string {
  const isRun = (start: number) => runs.has(text.slice(start, start + runLength));
  let rest = "";
  for (let start = 0; start < text.length;) {
    let end = start + 1;
    if (isRun(start)) {
      while (isRun(end)) end++;
      end += runLength - 1;
    }
    const part = text.slice(start, end);
    rest += end === start + 1 || isWord(part) ? part : "[secret]";
    start = end;
  }
  return rest;
}

/** A text as it is, and as JSON (Go's, Java's and PHP's among it), a quoted text, a URL or HTML would write it, or its bytes. */
function spellingsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const hex = (character: string) => character.charCodeAt(0).toString(16);
  const unicode = (character: string) => `\\u${hex(character).padStart(4, "0")}`;
  const unicodeCapital = (character: string) => `\\u${hex(character).toUpperCase().padStart(4, "0")}`;
  // A lone surrogate cannot be encoded.
  const url = encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
  const wholeUrl = url.replace(/[!'()*]/g, (character) => `%${hex(character).toUpperCase()}`);
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("/", "\\/"),
    json.replace(/[<>&]/g, unicode),
    json.replace(/[<>&=']/g, unicode),
    json.replace(/[<>&']/g, unicodeCapital),
    text.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
    text.replaceAll("'", "''"),
    ...[url, wholeUrl].flatMap((encoded) => [encoded, encoded.replace(/%../g, (code) => code.toLowerCase())]),
    html,
    ...["&#39;", "&#039;", "&#x27;", "&apos;"].map((quote) => html.replaceAll('"', "&quot;").replaceAll("'", quote)),
    text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
    text.replace(/[&<>"']/g, (character) => `&#x${hex(character)};`),
    ...(text.length < runLength ? [] : spellingsOfBytes(Buffer.from(text))),
  ];
}

function spellingsOfBytes(bytes: Buffer): string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase(), ...base64Spellings(bytes)];
}

function base64Spellings(bytes: Buffer): string[] {
  // Base64 depends on how many bytes come before; without the characters that the neighbors have a part in.
  const inside = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const alone = bytes.toString("base64");
  const base64 = [alone, alone.replace(/=+$/, ""), ...inside];
  return [...base64, ...base64.map((encoded) => encoded.replaceAll("+", "-").replaceAll("/", "_"))];
}

/** What happened, without what to do about it. */
export const summaryOf = (error: unknown): string =>
  ((error ?? {}) as Partial<AdvisingError>).summary ?? messageOf(error);

/** Says what happened, and in one instruction what to do about it before the next `up`, and what that `up` then does. */
export function adviseNextUp(error: unknown, purpose: "resume waiting" | "send the password again"): string {
  const { remedy } = (error ?? {}) as Partial<AdvisingError>;
  const run = `run \`pulumi up\` to ${purpose}`;
  return inSentences(summaryOf(error), remedy === undefined ? run : `${remedy}, then ${run}`);
}

/** What happened, and what to do about it, as two sentences. */
export const inSentences = (happened: string, toDo: string): string =>
  `${happened.replace(/\.$/, "")}. ${toDo.charAt(0).toUpperCase()}${toDo.slice(1)}.`;

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function hasName(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

/** For a terminal: without line breaks, control and format characters and lone surrogates, no longer than one reads. */
export function oneLine(text: string): string {
  const line = withoutControls(text).trim();
  // Not in the middle of a character.
  return line.length > longestLine ? `${line.slice(0, longestLine).replace(/\p{Cs}$/u, "")} …` : line;
}

const longestLine = 1000;

/** Invisible characters hide text, or reverse its order. A space keeps apart what they did. */
const withoutControls = (text: string): string =>
  text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]+/gu, " ");

interface Refusal {
  readonly action: string;
  readonly clockAheadMs: number | undefined;
}

const itsOwn = () => "wait for the service to recover";

/**
 * What a person can do about a code: the first prefix that fits. Codes without advice are not listed. The same table is
 * in docs/errors.md.
 */
const advice: readonly (readonly [prefix: string, text: (refusal: Refusal) => string])[] = [
  ["AuthFailure.SignatureExpire", ({ clockAheadMs }) => `set this machine's clock: it is ${clockOff(clockAheadMs)}`],
  ["AuthFailure.TokenFailure", () => "renew the temporary credentials: their token is wrong or has expired"],
  ["AuthFailure.UnauthorizedOperation", permission],
  [
    "AuthFailure",
    () =>
      "check the secret id and key (a refresh or destroy without --run-program uses the Pulumi config of the last up, " +
      "so prefer credentials from the environment)",
  ],
  ["FailedOperation.SystemError", itsOwn],
  ["FailedOperation.Unknown", itsOwn],
  [
    "FailedOperation.UnSupportError",
    ({ action }) =>
      action === "ResetPassword"
        ? "remove the resource from the program: this kind of instance cannot have its password reset"
        : `ask the vendor's support about ${action}: this kind of instance does not have it`,
  ],
  ["InternalError.GetRoleError", () => "check the role's ARN"],
  ["InternalError.IllegalRole", () => "check the role's ARN"],
  ["InternalError", itsOwn],
  ["InvalidParameter.OverLimit", () => "lower --parallel, since others use the account's quota too"],
  ["InvalidParameter.PermissionDenied", permission],
  ["InvalidParameterValue.PasswordRuleError", () => "choose a password that meets the instance's own password policy"],
  ["IpInBlacklist", () => "allow this machine's address in the account's access rules"],
  ["IpNotInWhitelist", () => "allow this machine's address in the account's access rules"],
  ["RequestLimitExceeded", () => "lower --parallel, since others use the account's quota too"],
  ["ResourceInUse", () => "wait for the other change of the instance to end"],
  [
    "ResourceNotFound",
    ({ action }) =>
      isOfSts(action)
        ? "check the role's ARN"
        : "check instanceId and region: an instance is found in its own region only",
  ],
  ["ResourceUnavailable", () => "wait for the instance to be running"],
  ["ServiceUnavailable", itsOwn],
  ["UnauthorizedOperation.UserNotInWhiteList", () => "ask the vendor to enable this feature for the account"],
  ["UnauthorizedOperation", permission],
  ["UnsupportedRegion", () => "check the region"],
];

/** The action belongs to the service that gives temporary credentials, and has to do with no instance. */
const isOfSts = (action: string): boolean => action.startsWith("AssumeRole");

function permission({ action }: Refusal): string {
  if (isOfSts(action)) return `grant the CAM action sts:${action} on the role`;
  // CAM cannot limit the actions that read to one instance.
  return `grant the CAM action redis:${action}${action === "ResetPassword" ? " on this instance" : ""}`;
}

const adviceFor = (code: string, refusal: Refusal): string | undefined =>
  advice.find(([prefix]) => code === prefix || code.startsWith(`${prefix}.`))?.[1](refusal);

function clockOff(aheadMs: number | undefined): string {
  if (aheadMs === undefined) return "more than 5 minutes away from the service's";
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const difference = seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
  return `${difference} ${aheadMs > 0 ? "ahead of" : "behind"} the service's`;
}
