import { ApiError, TransportError, isTransportError } from "../errors/errors";
import { base64Of, cutterOf, withoutSecrets } from "../errors/redact";
import { oneLine } from "../errors/terminalText";
import { Secret } from "../secrets/secret";
import { type Credentials, authorization } from "./signature";
import { systemClock } from "../retry/clock";
import type { HttpResponse, Wire } from "./http";

/** One call of an API of Tencent Cloud. */
export interface ApiRequest {
  readonly endpoint: URL;
  readonly service: "redis" | "sts";
  readonly version: string;
  readonly region: string;
  readonly action: string;
  /** Sent as JSON. What is secret of it is a {@link Secret}. */
  readonly parameters: object;
  /** Without any, the request is sent unsigned, which one action of STS asks for. */
  readonly credentials?: Credentials;
  readonly timeoutMs: number;
  /** What the server knows from other requests: cut out of a refusal, as this request's own secrets are. */
  readonly secrets?: readonly string[];
}

/** The content of `Response`, and when it was given. */
export type ApiResponse = Envelope & {
  /** By the service's clock, in milliseconds since 1970; by this machine's where no clock came with the answer. */
  readonly answeredAtMs: number;
};
type Envelope = { readonly RequestId: string } & Record<string, unknown>;

const contentType = "application/json";

/**
 * Signs one request, sends it and unwraps the answer, without a retry.
 *
 * @throws ApiError when the service refuses it
 * @throws TransportError when no usable answer comes
 */
export async function sendRequest(request: ApiRequest, { transport, clock = systemClock }: Wire): Promise<ApiResponse> {
  const { endpoint, service, version, region, action, parameters, credentials, timeoutMs } = request;
  const body = writeBody(parameters);
  const timestamp = Math.floor(clock.epochMs() / 1000);
  const toSign = { service, host: endpoint.host, action, contentType, body, timestamp };
  const headers: Record<string, string> = {
    Authorization: credentials ? authorization(toSign, credentials) : "SKIP",
    "Content-Type": contentType,
    "X-TC-Action": action,
    "X-TC-Version": version,
    "X-TC-Region": region,
    "X-TC-Timestamp": String(timestamp),
    "X-TC-Language": "en-US",
    "X-TC-RequestClient": "pulumi-tencentcloud-redis",
  };
  if (credentials?.token) headers["X-TC-Token"] = credentials.token;
  const { secretKey, token } = credentials ?? {};
  const signature = credentials && headers.Authorization?.split("Signature=")[1];
  const secrets = [secretKey, token, signature, ...secretsAmong(parameters)];
  // A server may echo its request. What is used must stay readable: a short key could stand in any id.
  const encoded = base64Of(body);
  const cutWhole = cutterOf([credentials && headers.Authorization, ...encoded, ...secrets].filter(isLong));
  const redact: Redact = (words) =>
    withoutSecrets(cutWhole(words), [...secrets, ...encoded, ...(request.secrets ?? [])]);
  try {
    const answer = await transport(action, { url: endpoint, headers, body, timeoutMs });
    return unwrap(request, answer, clock.epochMs(), cutWhole, redact);
  } catch (error) {
    if (isTransportError(error)) throw new TransportError(action, error.outcome, redact(error.reason));
    throw error;
  }
}

/** Nothing shorter is cut out of data. Messages lose it all the same. */
const shortestCut = 8;
const isLong = (secret: string | undefined): boolean => secret !== undefined && secret.length >= shortestCut;

type Redact = (text: string) => string;

function unwrap(
  { action, endpoint, service, credentials }: ApiRequest,
  { body, serviceTimeMs }: HttpResponse,
  now: number,
  cutWhole: Redact,
  redact: Redact,
): ApiResponse {
  // STS answers with keys, which are used as they are and shown to nobody.
  const response = parseEnvelope(body, service === "sts" ? undefined : cutWhole);
  if (!response) {
    const reason = `the answer is not the JSON that the API documents (${endpoint.host})`;
    throw new TransportError(action, "unusable", reason);
  }
  const error = response.Error as { Code?: unknown; Message?: unknown } | undefined;
  // It is recorded and shown, so whatever else stands in its place is none.
  const isRequestId = (id: string) => uuid.test(id) || /^[\w-]{1,64}$/.test(redact(id));
  const RequestId = isRequestId(response.RequestId) ? response.RequestId : "unknown";
  if (!error) return { ...response, RequestId, answeredAtMs: serviceTimeMs ?? now };
  const message = typeof error.Message === "string" ? redact(error.Message) : "no message";
  const code = typeof error.Code === "string" ? oneLine(redact(error.Code)) : "no code";
  const clockAheadMs = serviceTimeMs === undefined ? undefined : now - serviceTimeMs;
  throw new ApiError(action, code, RequestId, message, clockAheadMs, { keySource: credentials?.source });
}

/** What the service's request ids are: too short in each of its parts to give a secret away, and seen in every answer. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The texts of an answer go into messages, and some into the state: from the outset none of them holds a secret. Only
 * whole ones are cut out: a part of one could stand in a time, which is not to be lost.
 */
function parseEnvelope(text: string, cut: Redact = (words) => words): Envelope | undefined {
  const redacted = (_: string, value: unknown) => (typeof value === "string" ? cut(value) : value);
  try {
    const response = (JSON.parse(text, redacted) as { Response?: Envelope } | null)?.Response;
    return typeof response?.RequestId === "string" ? response : undefined;
  } catch {
    return undefined;
  }
}

/** The one place where the service is told a password or a token of its user. */
const writeBody = (parameters: object): string =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(parameters).map(([name, value]: [string, unknown]) => [
        name,
        value instanceof Secret ? value.expose() : value,
      ]),
    ),
  );

const secretsAmong = (parameters: object): string[] =>
  Object.values(parameters).flatMap((value) => (value instanceof Secret ? [value.expose()] : []));
