import { CloudError } from "../protocol/cloudError";

/** Identifies a quota. Requests over different connections share it. */
export interface QuotaSubject {
  readonly account: string;
  readonly action: string;
  readonly region: string;
}

/** Rejects requests of an action above a rate per second. */
export class RequestQuota {
  private readonly recent = new Map<string, number[]>();

  /** @throws CloudError if this request exceeds the rate */
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
