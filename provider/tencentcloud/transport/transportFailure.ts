import { errorMessage } from "../errors/advisingError";
import { TransportError } from "../errors/errors";
import { ConnectionError } from "./connect";
import { ProxyError } from "./proxyError";

/** The time for a request was over. */
export class RequestTimeout extends Error {
  constructor() {
    super("no answer in time");
  }
}

/** What failed below HTTP. */
export interface Failure {
  readonly action: string;
  /** The service's, with its port. */
  readonly host: string;
  /**
   * Whether anything of the request was handed to a connection. Nothing else tells whether it may have been carried
   * out: any code can come before and after.
   */
  readonly isSent: boolean;
  readonly error: unknown;
}

/** Returns what a request's failure means for it. */
export function transportError({ action, host, isSent, error }: Failure): TransportError {
  const cause = unwrapCause(error);
  const isProxy = error instanceof ConnectionError && error.peer === "proxy";
  const outcome = isSent ? "lost" : isTransientCause(cause) ? "unreachable" : "refused";
  const isTimeout = error instanceof RequestTimeout;
  return new TransportError(action, outcome, describeCause(cause, isProxy, host), { isTimeout });
}

/** A network, a proxy or a machine short of something may do better the next time. All else is wrong and stays so. */
function isTransientCause(cause: unknown): boolean {
  if (cause instanceof ProxyError) return cause.isTransient;
  if (cause instanceof RequestTimeout) return true;
  const code = readCode(cause);
  return !tlsFailure.test(code) && transientCodes.test(code);
}

/** The operating system's, and undici's for a connection that takes too long or is gone again. */
const transientCodes = /^(E(?!RR_)[A-Z\d_]+|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_CONNECT_TIMEOUT|UND_ERR_SOCKET)$/;

/** What Node and OpenSSL call a certificate that does not fit, `UNABLE_TO_VERIFY_LEAF_SIGNATURE` among it. */
const tlsFailure =
  /CERT|TLS|SSL|ALTNAME|EPROTO|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;

/** OpenSSL's for a certificate that is right, as far as it can tell, from an authority that it does not know. */
const unknownAuthority: ReadonlySet<string> = new Set([
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

function describeCause(cause: unknown, isProxy: boolean, host: string): string {
  if (cause instanceof ProxyError) return cause.message;
  const code = readCode(cause);
  if (unknownAuthority.has(code)) {
    const owner = isProxy ? "the proxy" : host;
    return `this machine does not trust the certificate of ${owner} (${code}): set NODE_EXTRA_CA_CERTS to a PEM file with its certificate authority`;
  }
  const prefix = isProxy ? "cannot connect to the proxy: " : "";
  return `${prefix}${errorMessage(cause) || code} (${host})`;
}

function readCode(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}

const unwrapCause = (error: unknown): unknown => (error instanceof ConnectionError ? error.cause : error);
