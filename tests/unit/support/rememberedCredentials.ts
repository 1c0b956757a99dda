import { rememberCredentials } from "../../../provider/tencentcloud/credentials";
import { ApiError, CredentialsError, TransportError } from "../../../provider/tencentcloud/errors/errors";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import type { Credentials } from "../../../provider/tencentcloud/transport/signature";
import { credentialsWith } from "../../support/credentials";
import { clockWith } from "./clock";

export const startMs = 1_000_000;

/** Returns a provider with these results in order, the last of which repeats, on a clock that only waiting advances. */
export function remember(...answers: (Partial<Credentials> | Error)[]) {
  const clock = { now: startMs };
  const delays: number[] = [];
  const told: unknown[] = [];
  let asked = 0;
  const ask = (): Promise<Credentials> => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked++;
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve({ ...credentialsWith({ secretId: `id${asked}`, secretKey: "k" }), ...answer });
  };
  const remembering = rememberCredentials(
    ask,
    clockWith({
      epochMs: () => clock.now,
      sleep: (delayMs) => {
        delays.push(delayMs);
        clock.now += delayMs;
        return Promise.resolve();
      },
    }),
  );
  const provide = (seconds = 600) =>
    remembering(deadlineIn(seconds, clockWith({ elapsedMs: () => clock.now })), (error) => told.push(error));
  return { provide, clock, delays, told, asked: () => asked };
}

/** Returns the error of a source whose request has failed with this cause. */
export const brokenBy = (cause: Error) => new CredentialsError("The role could not be assumed", { cause });
export const lost = brokenBy(new TransportError("AssumeRole", "lost", "HTTP status 503"));
export const refusedFor = (code: string) => brokenBy(new ApiError("AssumeRole", code, "r1", "No."));
