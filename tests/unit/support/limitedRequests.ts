import type { RateLimiter } from "../../../provider/tencentcloud/client/rateLimiter";
import type { VirtualTime } from "../../../tools/virtualTime";

/** The time that a request takes to the service, and the time that its response takes. */
interface Journey {
  readonly travelMs: number;
  readonly answerMs: number;
}

/** Sends a request, and returns when it arrives at the service. */
export async function request(
  limiter: RateLimiter,
  time: VirtualTime,
  { travelMs, answerMs }: Journey,
): Promise<number> {
  const takenAt = (await limiter.take()) ?? NaN;
  if (travelMs > 0) await time.sleep(travelMs);
  const arrivedAt = time.elapsedMs;
  if (answerMs > 0) await time.sleep(answerMs);
  limiter.ended(takenAt);
  return arrivedAt;
}

export const immediate: Journey = { travelMs: 0, answerMs: 0 };

/** Sends this many requests at once, and returns when each arrives at the service. */
export async function takeAtOnce(
  limiter: RateLimiter,
  time: VirtualTime,
  count: number,
  journey = () => immediate,
): Promise<number[]> {
  return time.until(Promise.all(Array.from({ length: count }, () => request(limiter, time, journey()))));
}
