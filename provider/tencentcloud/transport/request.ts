import { findApiError } from "../errors/apiErrors";
import { ApiError, TransportError, isTransportError } from "../errors/errors";
import { oneLine } from "../errors/terminalText";
import type { Redactor } from "../secrets/redactor";
import { type PlainText, Secret } from "../secrets/secret";
import { type Credentials, authorization } from "./signature";
import { encodeBase64 } from "../secrets/spellings";
import type { HttpResponse, Wire } from "./http";

/** A call of any API of Tencent Cloud. */
export interface ApiRequest {
  readonly endpoint: URL;
  readonly service: "redis" | "sts";
  readonly version: string;
  readonly region: string;
  readonly action: string;
  readonly parameters: RequestParameters;
  /** Without credentials, the request is sent unsigned, as one action of STS requires. */
  readonly credentials?: Credentials;
  readonly timeoutMs: number;
  /** The session's redactor: its secrets are also removed from the message of a refusal. */
  readonly redactor: Redactor;
}

/** The fields of the JSON body. A {@link Secret} is sent as its text, at the top level only. */
export type RequestParameters = Readonly<Record<string, PlainText | number | Secret | readonly (PlainText | number)[]>>;

/** The content of `Response`, and the time of the response. */
export type ApiResponse = Envelope & {
  /** By the service's clock, in milliseconds since 1970; by this machine's clock if the response has no `Date`. */
  readonly answeredAtMs: number;
};
type Envelope = { readonly RequestId: string } & Record<string, unknown>;

const contentType = "application/json";

/**
 * Signs one request, sends it and unwraps the response, without a retry.
 *
 * @throws ApiError if the service refuses it
 * @throws TransportError if no usable response arrives
 */
export async function sendRequest(request: ApiRequest, { transport, clock }: Wire): Promise<ApiResponse> {
  const { endpoint, service, version, region, action, parameters, credentials, timeoutMs } = request;
  const body = writeBody(parameters);
  const timestamp = Math.floor(clock.epochMs() / 1000);
  const toSign = { service, host: endpoint.host, action, contentType, body, timestamp };
  const signed = credentials ? authorization(toSign, credentials) : "SKIP";
  const headers: Record<string, string> = {
    Authorization: signed,
    "Content-Type": contentType,
    "X-TC-Action": action,
    "X-TC-Version": version,
    "X-TC-Region": region,
    "X-TC-Timestamp": String(timestamp),
    "X-TC-Language": "en-US",
    "X-TC-RequestClient": "pulumi-tencentcloud-redis",
  };
  if (credentials?.token) headers["X-TC-Token"] = credentials.token.expose();
  const redactor = redactorFor(request, body, signed);
  try {
    const answer = await transport(action, { url: endpoint, headers, body, timeoutMs });
    return unwrap(request, answer, clock.epochMs(), redactor);
  } catch (error) {
    if (!isTransportError(error)) throw error;
    const { outcome, reason, isTimeout } = error;
    throw new TransportError(action, outcome, redactor.redactMessage(reason), { isTimeout });
  }
}

/**
 * Returns a redactor of the request's secrets, those of the credentials and parameters for the rest of the session. A
 * server may echo the request, also in base64. The header is redacted only as a whole, because its parts are ordinary
 * words.
 */
function redactorFor({ parameters, credentials, redactor }: ApiRequest, body: string, header: string) {
  const lasting = [
    credentials?.secretKey,
    credentials?.token,
    ...Object.values(parameters).filter((value) => value instanceof Secret),
  ];
  redactor.remember(...lasting);
  const signature = header.split("Signature=")[1];
  const passing = [...(signature ? [signature] : []), ...encodeBase64(body)].map((text) => new Secret(text));
  return redactor.including([...lasting, ...passing], credentials && [new Secret(header)]);
}

function unwrap(
  { action, endpoint, service, credentials }: ApiRequest,
  { body, serviceTimeMs }: HttpResponse,
  now: number,
  redactor: Redactor,
): ApiResponse {
  // STS returns keys, which must stay intact and are never shown.
  const response = parseEnvelope(body, (data) => (service === "sts" ? data : redactor.redactData(data)));
  if (!response) {
    const reason = `the answer is not the JSON that the API documents (${endpoint.host})`;
    throw new TransportError(action, "unusable", reason);
  }
  const error = response.Error as { Code?: unknown; Message?: unknown } | undefined;
  // The id is recorded and shown, so other values are discarded.
  const isRequestId = (id: string) => uuid.test(id) || /^[\w-]{1,64}$/.test(redactor.redactMessage(id));
  const RequestId = isRequestId(response.RequestId) ? response.RequestId : "unknown";
  if (!error) return { ...response, RequestId, answeredAtMs: serviceTimeMs ?? now };
  const message = typeof error.Message === "string" ? redactor.redactMessage(error.Message) : "no message";
  const code = typeof error.Code === "string" ? oneLine(redactCode(error.Code, redactor)) : "no code";
  const clockAheadMs = serviceTimeMs === undefined ? undefined : now - serviceTimeMs;
  throw new ApiError(action, code, RequestId, message, clockAheadMs, { keySource: credentials?.source });
}

/**
 * Keeps the codes in the table of errors: they are public and decide what happens next, even if a password looks like
 * one.
 */
function redactCode(code: string, redactor: Redactor): string {
  const known = findApiError(code)?.code ?? "";
  return known + redactor.redactMessage(code.slice(known.length));
}

/**
 * The format of the service's request ids, which are in every response. Their parts are too short to reveal a secret.
 */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Texts of a response are used in messages, and some in the state, so the secrets that were sent with the request are
 * removed immediately. Only whole secrets are: a part of one could occur in a time, which must be kept. A message loses
 * the session's other secrets when it is made.
 */
function parseEnvelope(text: string, redact: (data: string) => string): Envelope | undefined {
  const redacted = (_: string, value: unknown) => (typeof value === "string" ? redact(value) : value);
  try {
    // Also throws if the fields do not exist.
    const { Response } = JSON.parse(text, redacted) as { readonly Response: Envelope };
    return typeof Response.RequestId === "string" ? Response : undefined;
  } catch {
    return undefined;
  }
}

/** Opens the secrets among the parameters, such as a password. The token of the key is in a header instead. */
const writeBody = (parameters: RequestParameters): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, value instanceof Secret ? value.expose() : value]),
    ),
  );
