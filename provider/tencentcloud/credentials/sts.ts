import { CredentialsError, messageOf } from "../../errors";
import { sendRequest } from "../request";
import type { Credentials, Surroundings } from "./credentials";

const version = "2018-08-13";
const requestTimeoutMs = 10_000;

/**
 * Asks STS for temporary credentials.
 *
 * @throws CredentialsError with the service's reason
 * @see https://cloud.tencent.com/document/product/1312/48197
 */
export async function temporaryCredentials(
  action: "AssumeRole" | "AssumeRoleWithWebIdentity",
  parameters: object,
  region: string,
  { stsEndpoint, transport, clock }: Surroundings,
  credentials?: Credentials,
): Promise<Credentials> {
  try {
    const endpoint = stsEndpoint(region);
    const request = {
      endpoint,
      service: "sts",
      version,
      region,
      action,
      parameters,
      timeoutMs: requestTimeoutMs,
    } as const;
    const response = await sendRequest(
      { ...request, ...(credentials && { credentials }) },
      { ...(transport && { transport }), ...(clock && { clock }) },
    );
    return parse(response);
  } catch (error) {
    throw new CredentialsError(`The role could not be assumed: ${messageOf(error)}`, { cause: error });
  }
}

/** No other characters can be sent in a header. */
const isOfAKey = (value: unknown): boolean => typeof value === "string" && /^[\x21-\x7e]+$/.test(value);

function parse(response: Record<string, unknown>): Credentials {
  const { TmpSecretId, TmpSecretKey, Token } = (response.Credentials ?? {}) as Record<string, unknown>;
  const { ExpiredTime } = response;
  if (![TmpSecretId, TmpSecretKey, Token].every(isOfAKey)) {
    throw new Error("the answer holds no credentials");
  }
  return {
    secretId: TmpSecretId as string,
    secretKey: TmpSecretKey as string,
    token: Token as string,
    ...(typeof ExpiredTime === "number" && { expiresAt: ExpiredTime * 1000 }),
  };
}
