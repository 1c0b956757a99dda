import type { Task } from "../../../../local-cloud/model/tasks";
import type { AccountKey } from "./accountKey";

/** The events in a run that has printed lines. */
export interface Happened {
  /** Whether a request has met a fault. */
  readonly hasMetFaults: boolean;
  readonly tasks: readonly Task[];
  readonly nowMs: number;
}

/**
 * The lines with which a run reports that it cannot know whether the password is set, and why. Each counts only if it
 * is true. No other line excuses a success after which AUTH refuses the password.
 */
const saidUnknown: readonly { readonly line: RegExp; readonly isTrue: (happened: Happened, id: number) => boolean }[] =
  [
    // A read has failed, so changes by somebody else are not detected.
    {
      line: /: could not (?:read when the password was last set|read which tasks have set the password|check whether the password was set since): /,
      isTrue: ({ hasMetFaults }) => hasMetFaults,
    },
    {
      line: /: warning: other changes of the password could not be looked up: /,
      isTrue: ({ hasMetFaults }) => hasMetFaults,
    },
    // It may end at any time.
    {
      line: /: warning: task (\d+) has not ended for over a day and is ignored, but may still set another password$/,
      isTrue: ({ tasks, nowMs }, id) =>
        tasks.some(
          ({ taskId, endedAt, startedAt }) => taskId === id && !endedAt && nowMs - startedAt.getTime() >= dayMs,
        ),
    },
    // No task names its account.
    {
      line: /: warning: task (\d+) had not ended, and may be a change of this account: refresh again later$/,
      isTrue: ({ tasks }, id) => tasks.some(({ taskId, type }) => taskId === id && type.code === "037"),
    },
  ];

const dayMs = 86_400_000;

/** The beginning of the line about an adoption without proof. */
const saidUnproven = "warning: the password was adopted without proof: AUTH may refuse it.";

/**
 * The errors of a run without a fault of the service: the code asks for something impossible, or that exceeds its
 * timeout.
 */
const rightlyRefused: readonly RegExp[] = [
  /(?:Adoption|Verification) failed: .* refuses the password/,
  /is in password-free mode and has no password/,
  /[Rr]emove password from ignoreChanges for this run/,
  /is a fingerprint from a state, not a password/,
  /set the password of the same account/,
  /was still running after/,
  /, which may set another password, had not ended after/,
  /another resource of this program has the (?:instance|account)/,
  /The verification is broken/,
  /password: is required after an import/,
];

export const saysUnknown = (lines: readonly string[], happened: Happened): boolean =>
  saidUnknown.some(({ line, isTrue }) =>
    lines.some((text) => {
      const found = line.exec(text);
      return found !== null && isTrue(happened, Number(found[1]));
    }),
  );

export const saysUnproven = (lines: readonly string[], { instanceId, name }: AccountKey): boolean => {
  const subject = name === "root" ? instanceId : `${instanceId}/${name}`;
  return lines.some((line) => line.startsWith(`${subject}: ${saidUnproven}`));
};

export const isRightlyRefused = (lines: readonly string[]): boolean =>
  lines.some((line) => rightlyRefused.some((pattern) => pattern.test(line)));
