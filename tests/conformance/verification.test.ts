/** The local cloud, whose verification shares no code with this client, accepts the client's signatures. */
import { type LocalCloud, startLocalCloud } from "pulumi-tencentcloud-redis/local-cloud";

import { ApiKeys } from "../../local-cloud/auth/apiKeys";
import { verifyAuthorization } from "../../local-cloud/auth/authorization";
import { parseRequest } from "../../local-cloud/protocol/apiRequest";
import { CloudError } from "../../local-cloud/protocol/cloudError";
import { type RequestToSign, authorization } from "../../provider/tencentcloud/transport/signature";
import { randomFrom } from "../../tools/random";
import { exchange } from "../unit/local-cloud/support/exchange";
import { type Case, cases } from "./support/randomRequests";
import { credentialsWith } from "../support/credentials";

/** A request as sent. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Returns a variant of a request. Its argument returns random numbers from 0 up to 1. */
type Change = (sent: Sent, random: () => number) => Sent;

/** Makes the same changes in each test, in any selection of tests. */
const seeded = () => randomFrom(20251204);

function sentBy(request: RequestToSign, credentials: Case["credentials"]): Sent {
  const headers = {
    authorization: authorization(request, credentialsWith(credentials)),
    "content-type": request.contentType,
    host: request.host,
    "x-tc-action": request.action,
    "x-tc-timestamp": String(request.timestamp),
  };
  return { headers, body: Buffer.from(request.body) };
}

/** Returns the bytes with one of them changed, or one byte if there were none. */
function withAnotherByte(bytes: Buffer, random: () => number): Buffer {
  const below = (end: number): number => Math.floor(random() * end);
  const changed = Buffer.from(bytes.length === 0 ? "\0" : bytes);
  const position = below(changed.length);
  changed.writeUInt8(changed.readUInt8(position) ^ (1 + below(255)), position);
  return changed;
}

const withAnotherBody: Change = ({ headers, body }, random) => ({ headers, body: withAnotherByte(body, random) });

function withAnotherHeader({ headers, body }: Sent, random: () => number, name: string): Sent {
  const value = headers[name] ?? "";
  const changed = withAnotherByte(Buffer.from(value), random).toString();
  // Capitals and spaces around a value are not signed.
  const isSame = changed.trim().toLowerCase() === value.trim().toLowerCase();
  if (isSame && name !== "authorization") return withAnotherHeader({ headers, body }, random, name);
  return { headers: { ...headers, [name]: changed }, body };
}

describe("of 1,000 random requests", () => {
  // Secret ids are letters and digits: other characters have no place in the header.
  const all = cases.map(({ request, credentials: { secretId, secretKey } }) => ({
    request,
    credentials: { secretId: secretId.replace(/\W/g, ""), secretKey },
  }));

  /** Returns the service of a verified signature, or the reason for its refusal. */
  const verdict = ({ request, credentials }: Case, { headers, body }: Sent): string | undefined => {
    try {
      const arrived = parseRequest({ method: "POST", url: "/", headers }, body);
      return verifyAuthorization(arrived, new ApiKeys([{ ...credentials, accountId: "1" }]), request.timestamp)
        .signedFor;
    } catch (error) {
      return error instanceof CloudError ? error.code : String(error);
    }
  };

  it("each is accepted as it was signed", () => {
    const verdicts = all.map((each) => verdict(each, sentBy(each.request, each.credentials)));
    expect(verdicts).toEqual(all.map(({ request }) => request.service));
  });

  it.each<[string, Change]>([
    ["its body", withAnotherBody],
    ...["content-type", "host", "x-tc-action", "x-tc-timestamp", "authorization"].map((name): [string, Change] => [
      `its header ${name}`,
      (sent, random) => withAnotherHeader(sent, random, name),
    ]),
    [
      "its signature",
      ({ headers, body }, random) => {
        const [before, signature] = (headers.authorization ?? "").split(/(?<=Signature=)/);
        const changed = withAnotherByte(Buffer.from(signature ?? ""), random).toString();
        return { headers: { ...headers, authorization: `${before ?? ""}${changed}` }, body };
      },
    ],
  ])("each is refused after a change of one byte in %s", (_, change) => {
    const random = seeded();
    const verdicts = all.map((each) => verdict(each, change(sentBy(each.request, each.credentials), random)));
    expect(verdicts.filter((each) => !each?.startsWith("AuthFailure."))).toEqual([]);
  });
});

describe("of the same requests over HTTP, at the current time, with values that a header can hold", () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    cloud = await startLocalCloud({ requestsPerSecond: 1_000_000 });
  });
  afterAll(() => cloud.stop());

  const headerValue = (text: string): string => text.replace(/[^\t -~\x80-\xff]/g, "?");

  const isRefused = async ({ headers, body }: Sent): Promise<boolean> => {
    const answer = await exchange(Number(new URL(cloud.endpoint).port), { headers, body });
    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^{"Response":{/) as string });
    return answer.body.includes('"AuthFailure.');
  };

  const sentNow = ({ request }: Case): Sent => {
    const [contentType, action] = [headerValue(request.contentType), headerValue(request.action)];
    const timestamp = Math.floor(Date.now() / 1000);
    // Another service than that of the address is refused by a separate rule.
    return sentBy({ ...request, service: "redis", contentType, action, timestamp }, cloud);
  };

  it.each<[string, boolean, Change]>([
    ["none is refused as it was signed", false, (sent) => sent],
    ["each is refused with another byte in its body", true, withAnotherBody],
  ])("over HTTP, %s", async (_, expected, change) => {
    const random = seeded();
    const others: Case[] = [];
    for (const each of cases) {
      if ((await isRefused(change(sentNow(each), random))) !== expected) others.push(each);
    }
    expect(others).toEqual([]);
  });
});
