import { errorMessage } from "./errorMessage";
import { inSentences } from "./inSentences";

/** An error with what happened and, if the user can fix it, one instruction. */
export class AdvisingError extends Error {
  constructor(
    /** What happened, without an instruction: for a line that itself says what happens next. */
    readonly summary: string,
    /** What to do, as the rest of a sentence: `check the region`. */
    readonly remedy: string | undefined,
    options?: ErrorOptions,
  ) {
    super(remedy === undefined ? summary : inSentences(summary, remedy), options);
  }
}

/** Returns what happened, without an instruction. */
export const summarize = (error: unknown): string =>
  ((error ?? {}) as Partial<AdvisingError>).summary ?? errorMessage(error);

/** Returns what to do, as the rest of a sentence, or undefined if the error has no instruction. */
export const adviceIn = (error: unknown): string | undefined => ((error ?? {}) as Partial<AdvisingError>).remedy;

/**
 * Returns, for a reset that may or may not have been carried out, what happened, one instruction for before the next `up`,
 * and what that `up` then does.
 */
export function adviseNextUp(error: unknown, nextUp: typeof sendAgain | typeof resumeWaiting): string {
  const remedy = adviceIn(error);
  const isBefore = remedy !== undefined && !ofNextUp.includes(remedy);
  // Another `pulumi up`, or one without the resource.
  const isWhole = isBefore && /pulumi up|^remove the resource/.test(remedy);
  const advice = isWhole ? remedy : isBefore ? `${remedy}, then ${nextUp}` : nextUp;
  return inSentences(summarize(error), `${advice}: ${untilThen}`);
}

/** What to do about a reset that may not have set the password, as the rest of a sentence. */
export const sendAgain = "run `pulumi up` to send the password again";

/** The same about a reset that has not ended. */
export const resumeWaiting = "run `pulumi up` to resume waiting";

/** The same about another task that must end first. */
export const waitAgain = "run `pulumi up` to wait for it again";

/** The same about a reset whose task has failed. */
export const notChanged = `this reset changed nothing: ${sendAgain}`;

const ofNextUp: readonly string[] = [sendAgain, resumeWaiting, waitAgain, notChanged];

const untilThen = "until then, the old or the new password may be valid";
