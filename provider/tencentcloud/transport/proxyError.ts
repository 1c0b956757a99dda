import type { Proxy } from "./proxy";

/** A proxy did not open a tunnel. */
export class ProxyError extends Error {
  constructor(
    message: string,
    /** Whether the next attempt may succeed. */
    readonly isTransient: boolean,
  ) {
    super(message);
  }
}

export const authenticationFailed = (kind: string, { variable }: Proxy): ProxyError =>
  new ProxyError(`proxy authentication failed (${kind}): check ${variable}`, false);

export const unexpectedAnswer = (protocol: string, { variable }: Proxy): ProxyError =>
  new ProxyError(`the proxy's answer is not ${protocol}: check ${variable}`, false);
