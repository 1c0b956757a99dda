import { errorMessage } from "../errors/errorMessage";
import { CredentialsError } from "../errors/errors";
import { Secret } from "../secrets/secret";
import { type ApiResponse, type RequestParameters, sendRequest } from "../transport/request";
import type { Credentials } from "../transport/signature";
import type { CredentialContext } from "./source";

const version = "2018-08-13";
const requestTimeoutMs = 10_000;

/**
 * Requests temporary credentials from STS.
 *
 * @param roleArn the role, for errors
 * @throws CredentialsError with the service's reason
 * @see https://cloud.tencent.com/document/product/1312/48197
 */
export async function temporaryCredentials(
  action: "AssumeRole" | "AssumeRoleWithWebIdentity",
  roleArn: string,
  parameters: RequestParameters,
  region: string,
  context: CredentialContext,
  credentials?: Credentials,
): Promise<Credentials> {
  try {
    return parseTemporaryCredentials(await callSts(action, parameters, region, context, credentials));
  } catch (error) {
    throw new CredentialsError(`The role ${roleArn} could not be assumed: ${errorMessage(error)}`, { cause: error });
  }
}

/**
 * Returns the Tencent Cloud account that credentials belong to.
 *
 * @throws ApiError, TransportError or SettingsError
 * @see https://cloud.tencent.com/document/product/1312/57264
 */
export async function callerAccountId(
  credentials: Credentials,
  region: string,
  context: CredentialContext,
): Promise<string | undefined> {
  const { AccountId } = await callSts("GetCallerIdentity", {}, region, context, credentials);
  // The id is recorded and shown, so any other value is ignored.
  return typeof AccountId === "string" && /^\d{1,20}$/.test(AccountId) ? AccountId : undefined;
}

function callSts(
  action: string,
  parameters: RequestParameters,
  region: string,
  { stsEndpoint, transport, clock, redactor }: CredentialContext,
  credentials?: Credentials,
): Promise<ApiResponse> {
  const request = { endpoint: stsEndpoint(region), service: "sts", version, region, action, parameters } as const;
  return sendRequest({ ...request, timeoutMs: requestTimeoutMs, redactor, credentials }, { transport, clock });
}

/** A header cannot hold other characters. */
const isKeyPart = (value: unknown): boolean => typeof value === "string" && /^[\x21-\x7e]+$/.test(value);

function parseTemporaryCredentials(response: Record<string, unknown>): Credentials {
  const { TmpSecretId, TmpSecretKey, Token } = (response.Credentials ?? {}) as Record<string, unknown>;
  const { ExpiredTime } = response;
  if (![TmpSecretId, TmpSecretKey, Token].every(isKeyPart)) {
    throw new Error("the answer holds no credentials");
  }
  return {
    secretId: TmpSecretId as string,
    secretKey: new Secret(TmpSecretKey as string),
    token: new Secret(Token as string),
    ...(typeof ExpiredTime === "number" && { expiresAt: ExpiredTime * 1000 }),
  };
}
