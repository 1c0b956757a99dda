import { timingSafeEqual } from "node:crypto";

/**
 * The signature of a request: its claims, and whether it is valid. Each kind follows the documentation and shares no
 * code with any client, so that a mistake in the client cannot go unnoticed.
 */
export interface Signature {
  readonly secretId: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** The service that it is for, if it names one. */
  readonly service?: string;
  isMadeWith(secretKey: string): boolean;
}

/** Returns the hosts that a client may have signed: the vendor's Node.js client sends the port but does not sign it. */
export const signedHosts = (host: string): readonly string[] => [...new Set([host, host.replace(/:\d+$/, "")])];

/** Compares two strings in constant time. */
export function equal(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
