import { timingSafeEqual } from "node:crypto";

/**
 * A request's signature, however it came: what it claims, and whether that is right.
 * Each kind is written from the documentation and from the request as it arrives, and shares no code with any client:
 * a common mistake would go unseen.
 */
export interface Signature {
  readonly secretId: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** The service that it was made for, where it says so. */
  readonly service?: string;
  isMadeWith(secretKey: string): boolean;
}

/** What a client may have signed as its host: the vendor's Node.js client sends the port and does not sign it. */
export const signedHosts = (host: string): readonly string[] => [...new Set([host, host.replace(/:\d+$/, "")])];

/** Compares in a time that does not tell how much of it was right. */
export function equal(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
