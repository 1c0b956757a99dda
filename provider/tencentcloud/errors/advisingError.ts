/** An error that says what happened and, where a person can do something about it, what: one instruction. */
export class AdvisingError extends Error {
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

/** What happened, without what to do about it. */
export const summarize = (error: unknown): string =>
  ((error ?? {}) as Partial<AdvisingError>).summary ?? errorMessage(error);

/** What to do about it, as the rest of a sentence; undefined where the error does not say. */
export const adviceIn = (error: unknown): string | undefined => ((error ?? {}) as Partial<AdvisingError>).remedy;

/**
 * Says of a reset that may or may not have been carried out what happened, and in one instruction what to do about it
 * before the next `up`, and what that `up` then does.
 */
export function adviseNextUp(error: unknown, purpose: "resume waiting" | "send the password again"): string {
  const remedy = adviceIn(error);
  const run = `run \`pulumi up\` to ${purpose}`;
  const advice = remedy === undefined || remedy === run ? run : `${remedy}, then ${run}`;
  return inSentences(summarize(error), `${advice}: ${untilThen}`);
}

const untilThen = "until then, the old or the new password may be valid";

/** What happened, and what to do about it, as two sentences. */
export const inSentences = (happened: string, toDo: string): string =>
  `${happened.replace(/\.$/, "")}. ${toDo.charAt(0).toUpperCase()}${toDo.slice(1)}.`;

/** The message of whatever was thrown. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));
