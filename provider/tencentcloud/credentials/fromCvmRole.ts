import { CredentialsError, isTransportError, messageOf } from "../../errors";
import { sendHttp } from "../http";
import { type Found, type Surroundings, keyPair } from "./credentials";

/** The machine's own address for questions about itself: it never leaves the host, hence plain http, and no
 * proxy, which would ask about a machine of its own. */
const metadataService = "http://metadata.tencentyun.com";
const answerTimeMs = 1000;

/**
 * The role of the virtual machine that this runs on, from its metadata service.
 *
 * @throws CredentialsError when the service answers and has no usable credentials
 * @see https://cloud.tencent.com/document/product/213/4934
 */
export async function fromCvmRole({ config, environment }: Surroundings): Promise<Found> {
  const roles = addressOf(environment("TENCENTCLOUD_METADATA_ENDPOINT") ?? metadataService);
  const list = await ask(roles);
  if (list === undefined) return { lacks: "no metadata service answers" };
  const role = config("tencentcloud:camRoleName") ?? list.split("\n")[0]?.trim();
  if (!role) return { lacks: "this machine has no role" };
  const text = await ask(new URL(encodeURIComponent(role), roles));
  return parse(role, text ?? "");
}

function addressOf(service: string): URL {
  const url = URL.canParse(service) ? new URL("/latest/meta-data/cam/security-credentials/", service) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new CredentialsError("CVM role: TENCENTCLOUD_METADATA_ENDPOINT is no http address");
}

/** Undefined where nobody answers, or the service has nothing at this address. */
async function ask(url: URL): Promise<string | undefined> {
  try {
    const request = { url, method: "GET", timeoutMs: answerTimeMs, isDirect: true } as const;
    const { status, body } = await sendHttp("The metadata service", request);
    return status === 200 ? body : undefined;
  } catch (error) {
    if (isTransportError(error)) return undefined;
    throw new CredentialsError(`CVM role: ${messageOf(error)}`);
  }
}

function parse(role: string, text: string): Found {
  const where = `CVM role ${role}`;
  const answer = parseObject(text);
  if (!answer) throw new CredentialsError(`${where}: the metadata service gave no usable answer`);
  const { Code, TmpSecretId, TmpSecretKey, Token, ExpiredTime } = answer;
  if (Code !== "Success") {
    const code = typeof Code === "string" ? JSON.stringify(Code) : "no code";
    throw new CredentialsError(`${where}: the metadata service answers ${code}`);
  }
  const found = keyPair(
    where,
    ["TmpSecretId", TmpSecretId],
    ["TmpSecretKey", TmpSecretKey],
    Token,
    typeof ExpiredTime === "number" ? ExpiredTime * 1000 : undefined,
  );
  if ("lacks" in found) throw new CredentialsError(`${where}: ${found.lacks}`);
  return found;
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
