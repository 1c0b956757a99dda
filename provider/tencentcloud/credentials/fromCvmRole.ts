import { classify } from "../errors/classify";
import { errorMessage } from "../errors/errorMessage";
import { CredentialsError, TransportError, isTransportError } from "../errors/errors";
import { oneLine } from "../errors/terminalText";
import type { Credentials } from "../transport/signature";
import { parseKeyPair } from "./keyPair";
import { type CredentialContext, type SourceResult, requireCredentials } from "./source";

/**
 * A link-local address: requests to it never leave the host, so they use plain http, and no proxy, which would reach
 * the metadata service of the proxy's machine.
 */
const metadataService = "http://metadata.tencentyun.com";
const answerTimeMs = 1000;

/** How often to try if there is no response: a machine that has just started may not reach the service yet. */
const attempts = 3;
const pauseMs = 200;

const noAnswer = "no metadata service answers";

/**
 * Reads the first role of this virtual machine from its metadata service.
 *
 * @throws CredentialsError if the service exists and returns no usable credentials
 * @see https://cloud.tencent.com/document/product/213/4934
 */
export async function fromCvmRole(context: CredentialContext): Promise<SourceResult> {
  const roles = rolesAddress(context);
  const list = await listRoles(roles, context, false);
  if (list === undefined) return { missing: noAnswer };
  const role = firstRoleName(list);
  return role === "" ? { missing: "this machine has no role" } : fromRole(role, roles, context);
}

/**
 * Reads a role that a setting asks for.
 *
 * @param name the role; the machine's first one if undefined
 * @throws CredentialsError if this machine has no such role, or is not a CVM
 */
export async function fromRequestedCvmRole(
  name: string | undefined,
  context: CredentialContext,
): Promise<SourceResult> {
  const where = name === undefined ? "CVM role" : `CVM role ${name}`;
  const roles = rolesAddress(context);
  const list = await listRoles(roles, context, true);
  if (list === undefined) throw new CredentialsError(`${where}: ${noAnswer}`);
  const role = list === "" ? "" : (name ?? firstRoleName(list));
  if (role === "") throw new CredentialsError(`${where}: this machine has no role`);
  return fromRole(role, roles, context);
}

async function fromRole(role: string, roles: URL, context: CredentialContext): Promise<SourceResult> {
  const { clock, metadataHosts } = context;
  metadataHosts.add(roles.host);
  const where = `CVM role ${role}`;
  const text = await ask(where, new URL(encodeURIComponent(role), roles), context);
  if (text === undefined) throw new CredentialsError(`${where}: the metadata service knows no such role`);
  return { credentials: { ...parseRoleCredentials(where, text, clock.epochMs()), source: `the CVM role ${role}` } };
}

const rolesAddress = ({ environment }: CredentialContext): URL =>
  parseAddress(environment("TENCENTCLOUD_METADATA_ENDPOINT") ?? metadataService);

function parseAddress(service: string): URL {
  const url = URL.canParse(service) ? new URL("/latest/meta-data/cam/security-credentials/", service) : undefined;
  if (url && /^https?:/.test(url.protocol)) return url;
  throw new CredentialsError("CVM role: TENCENTCLOUD_METADATA_ENDPOINT must be a valid http URL");
}

/**
 * Returns the machine's roles, or undefined if there is no metadata service, or none that knows of roles. Does not use
 * `retry`, since most machines have no such service, and each attempt delays their runs.
 *
 * @param isRequested whether a setting asks for a CVM role: then even a refused connection is retried
 */
async function listRoles(url: URL, context: CredentialContext, isRequested: boolean): Promise<string | undefined> {
  const { clock, metadataHosts } = context;
  for (let attempt = 1; ; attempt++) {
    try {
      const list = await ask("CVM role", url, context);
      // If a CVM role was asked for, the service is known to exist: it just has no roles.
      return list ?? (isRequested ? "" : undefined);
    } catch (error) {
      const silence = classifySilence(error);
      if (!silence || metadataHosts.has(url.host)) {
        metadataHosts.add(url.host);
        throw error;
      }
      if (attempt === attempts || (silence === "nobody" && !isRequested)) return undefined;
      await clock.sleep(pauseMs * attempt);
    }
  }
}

/** Outside CVMs, no process listens at that address, or packets to it are dropped. */
function classifySilence(error: unknown): "nobody" | "timeout" | undefined {
  const { cause } = error as Error;
  if (!isTransportError(cause)) return undefined;
  if (cause.isTimeout) return "timeout";
  return classify(cause).mayBeDone ? undefined : "nobody";
}

/** Returns the first role in a list of roles. */
function firstRoleName(list: string): string {
  const role = list.trim().replace(/\n.*/s, "").trim();
  // Another server at this address, such as a proxy with an error page, must not be taken for the metadata service.
  if (role === "" || isRoleName.test(role)) return role;
  throw new CredentialsError("CVM role: the metadata service lists no usable name of a role");
}

/** @see https://cloud.tencent.com/document/api/598/36225 */
const isRoleName = /^[\w+=,.@-]{1,128}$/;

const action = "The request to the metadata service";

/** Undefined if the service has nothing at this path. */
async function ask(where: string, url: URL, { transport }: CredentialContext): Promise<string | undefined> {
  try {
    const request = { url, method: "GET", timeoutMs: answerTimeMs, isDirect: true } as const;
    const { status, body } = await transport(action, request);
    if (status === 404) return undefined;
    if (status === 200) return body;
    throw new TransportError(action, "unusable", `HTTP status ${status} (${url.host})`);
  } catch (error) {
    const reason = isTransportError(error) ? error.reason : errorMessage(error);
    throw new CredentialsError(`${where}: the metadata service gave no usable answer: ${reason}`, { cause: error });
  }
}

function parseRoleCredentials(where: string, text: string, nowMs: number): Credentials {
  const answer = parseObject(text);
  if (!answer) throw new CredentialsError(`${where}: the metadata service gave no usable answer`);
  const { Code, TmpSecretId, TmpSecretKey, Token, ExpiredTime } = answer;
  if (Code !== "Success") {
    const code = typeof Code === "string" ? oneLine(JSON.stringify(Code)) : "no code";
    throw new CredentialsError(`${where}: the metadata service answers ${code}`);
  }
  const found = parseKeyPair(
    where,
    ["TmpSecretId", TmpSecretId],
    ["TmpSecretKey", TmpSecretKey],
    ["Token", Token],
    parseExpiredTime(where, ExpiredTime, nowMs),
  );
  const credentials = requireCredentials(where, found);
  if (!credentials.token) throw new CredentialsError(`${where}: Token is not set`);
  return credentials;
}

/** Converts seconds to milliseconds. Undefined if the service does not return a time. */
function parseExpiredTime(where: string, expiredTime: unknown, nowMs: number): number | undefined {
  if (expiredTime === undefined || expiredTime === null) return undefined;
  if (typeof expiredTime !== "number") throw new CredentialsError(`${where}: ExpiredTime is not a number`);
  if (expiredTime * 1000 <= nowMs) throw new CredentialsError(`${where}: the credentials have expired`);
  return expiredTime * 1000;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return value as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
