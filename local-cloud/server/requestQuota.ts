import { CloudError } from "../protocol/cloudError";

/** What a quota is for: each of these has one of its own, whatever connection a request comes by. */
export interface QuotaSubject {
  readonly account: string;
  readonly action: string;
  readonly region: string;
}

/** Refuses what is more than so many requests of one action in any second. */
export class RequestQuota {
  private readonly recent = new Map<string, number[]>();

  /** @throws CloudError when this request is one too many */
  take({ account, action, region }: QuotaSubject, requestsPerSecond: number, nowMs: number): void {
    const subject = [account, action, region].join(" ");
    const times = this.recent.get(subject) ?? [];
    this.recent.set(subject, times);
    const first = times.findIndex((time) => time > nowMs - 1000);
    times.splice(0, first === -1 ? times.length : first);
    if (times.length >= requestsPerSecond) {
      throw new CloudError(
        "RequestLimitExceeded",
        `Your current request times equals to ${times.length + 1} in a second, which exceeds the frequency limit ` +
          `${requestsPerSecond} for a second. Please reduce the frequency of calls.`,
      );
    }
    times.push(nowMs);
  }
}
