import { CredentialsError, TransportError, isTransportError, messageOf, oneLine } from "../../errors";
import { sendHttp } from "../http";
import { type Found, type Surroundings, firstSetting, keyPair } from "./credentials";

/** The machine's own address for questions about itself: it never leaves the host, hence plain http, and no
 * proxy, which would ask about a machine of its own. */
const metadataService = "http://metadata.tencentyun.com";
const answerTimeMs = 1000;

/**
 * The role of the virtual machine that this runs on, from its metadata service.
 *
 * @throws CredentialsError when the service is there and gives no usable credentials
 * @see https://cloud.tencent.com/document/product/213/4934
 */
export async function fromCvmRole({ places, environment }: Surroundings): Promise<Found> {
  const roles = addressOf(environment("TENCENTCLOUD_METADATA_ENDPOINT") ?? metadataService);
  const list = await listRoles(roles);
  if (list === undefined) return { lacks: "no metadata service answers" };
  const role = firstSetting(places, "camRoleName")?.value ?? firstOf(list);
  if (!role) return { lacks: "this machine has no role" };
  hostsSeen.add(roles.host);
  const where = `CVM role ${role}`;
  const text = await ask(where, new URL(encodeURIComponent(role), roles));
  if (text === undefined) throw new CredentialsError(`${where}: the metadata service knows no such role`);
  return parse(where, text);
}

function addressOf(service: string): URL {
  const url = URL.canParse(service) ? new URL("/latest/meta-data/cam/security-credentials/", service) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new CredentialsError("CVM role: TENCENTCLOUD_METADATA_ENDPOINT is no http address");
}

/** Where a metadata service has shown itself: silence there passes, and does not mean that there is none. */
const hostsSeen = new Set<string>();

/** Undefined where there is no metadata service, or none that knows of roles. */
async function listRoles(url: URL): Promise<string | undefined> {
  try {
    return await ask("CVM role", url);
  } catch (error) {
    if (isSilence(error) && !hostsSeen.has(url.host)) return undefined;
    hostsSeen.add(url.host);
    throw error;
  }
}

/** Elsewhere than on the vendor's machines nobody listens at that address, or all that is sent there vanishes. */
function isSilence(error: unknown): boolean {
  const { cause } = error as Error;
  if (!isTransportError(cause)) return false;
  const isSent = cause.outcome === "lost" || cause.outcome === "unusable";
  return !isSent || cause.reason.startsWith("no answer in time");
}

/** The first line. */
function firstOf(list: string): string {
  const role = list.trim().split("\n", 1)[0]?.trim() ?? "";
  // What else answers at this address, a proxy's page perhaps, is not to be taken for a role.
  if (role === "" || isRoleName.test(role)) return role;
  throw new CredentialsError("CVM role: the metadata service lists no usable name of a role");
}

/** @see https://cloud.tencent.com/document/api/598/36225 */
const isRoleName = /^[\w+=,.@-]{1,128}$/;

/** Undefined where the service has nothing at this address. */
async function ask(where: string, url: URL): Promise<string | undefined> {
  try {
    const request = { url, method: "GET", timeoutMs: answerTimeMs, isDirect: true } as const;
    const { status, body } = await sendHttp("The metadata service", request);
    if (status === 404) return undefined;
    if (status === 200) return body;
    throw new TransportError("The metadata service", "unusable", `HTTP status ${status} (${url.host})`);
  } catch (error) {
    const reason = isTransportError(error) ? error.reason : messageOf(error);
    throw new CredentialsError(`${where}: the metadata service gave no usable answer: ${reason}`, { cause: error });
  }
}

function parse(where: string, text: string): Found {
  const answer = parseObject(text);
  if (!answer) throw new CredentialsError(`${where}: the metadata service gave no usable answer`);
  const { Code, TmpSecretId, TmpSecretKey, Token, ExpiredTime } = answer;
  if (Code !== "Success") {
    const code = typeof Code === "string" ? oneLine(JSON.stringify(Code)) : "no code";
    throw new CredentialsError(`${where}: the metadata service answers ${code}`);
  }
  const found = keyPair(
    where,
    ["TmpSecretId", TmpSecretId],
    ["TmpSecretKey", TmpSecretKey],
    ["Token", Token],
    endOf(where, ExpiredTime),
  );
  if ("lacks" in found) throw new CredentialsError(`${where}: ${found.lacks}`);
  if (!found.credentials.token) throw new CredentialsError(`${where}: Token is not set`);
  return found;
}

/** From seconds to milliseconds; undefined where the service does not tell it. */
function endOf(where: string, expiredTime: unknown): number | undefined {
  if (expiredTime === undefined || expiredTime === null) return undefined;
  if (typeof expiredTime !== "number") throw new CredentialsError(`${where}: ExpiredTime is not a number`);
  if (expiredTime * 1000 <= Date.now()) throw new CredentialsError(`${where}: the credentials have expired`);
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
