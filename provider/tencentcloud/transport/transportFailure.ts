import { errorMessage } from "../errors/errorMessage";
import { TransportError } from "../errors/errors";
import { ConnectionError } from "./connect";
import { ProxyError } from "./proxyError";

/** A request was given up before a response came. */
export class RequestTimeout extends Error {
  constructor(reason = "timed out") {
    super(reason);
  }
}

/** A failure below HTTP. */
export interface Failure {
  readonly action: string;
  /** The host and port of the service. */
  readonly host: string;
  /**
   * Whether any part of the request was written to a connection. Only this shows whether it may have been carried out:
   * any error code can occur before and after.
   */
  readonly isSent: boolean;
  readonly error: unknown;
}

/** Returns the error for a failed request. */
export function transportError({ action, host, isSent, error }: Failure): TransportError {
  const cause = unwrapCause(error);
  const isProxy = error instanceof ConnectionError && error.peer === "proxy";
  const outcome = isSent ? "lost" : isTransientCause(cause) ? "unreachable" : "refused";
  const isTimeout = error instanceof RequestTimeout;
  return new TransportError(action, outcome, describeCause(cause, isProxy, host), { isTimeout });
}

/** Failures of a network or a proxy, and a machine short of resources, may be temporary. All others are permanent. */
function isTransientCause(cause: unknown): boolean {
  if (cause instanceof ProxyError) return cause.isTransient;
  if (cause instanceof RequestTimeout) return true;
  const code = readCode(cause);
  return !tlsFailure.test(code) && transientCodes.test(code);
}

/** Codes of the operating system, and undici's for a connection that times out or is closed. */
const transientCodes = /^(E(?!RR_)[A-Z\d_]+|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_CONNECT_TIMEOUT|UND_ERR_SOCKET)$/;

/** Codes of Node.js and OpenSSL for a failed TLS handshake or an invalid certificate. */
const tlsFailure =
  /CERT|TLS|SSL|ALTNAME|EPROTO|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/;

/** OpenSSL's codes for a certificate that may be valid but comes from an unknown authority. */
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
