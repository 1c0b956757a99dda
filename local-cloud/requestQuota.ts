import { CloudError } from "./cloudError";

/** Refuses what is more than so many requests of one action in any second. */
export class RequestQuota {
  private readonly recent = new Map<string, number[]>();

  constructor(private readonly requestsPerSecond: number) {}

  /** @throws CloudError when this request is one too many */
  take(action: string, nowMs: number): void {
    const times = (this.recent.get(action) ?? []).filter((time) => time > nowMs - 1000);
    this.recent.set(action, times);
    if (times.length >= this.requestsPerSecond) {
      throw new CloudError(
        "RequestLimitExceeded",
        `Your current request times equals to ${times.length + 1} in a second, which exceeds the frequency limit ` +
          `${this.requestsPerSecond} for a second. Please reduce the frequency of calls.`,
      );
    }
    times.push(nowMs);
  }
}
