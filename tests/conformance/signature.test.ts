/**
 * The vendor's Node.js SDK, unmodified, as a second opinion on signatures.
 *
 * The SDK signs the headers content-type and host. The documentation and this client sign x-tc-action as well, so these
 * tests remove that line from the canonical request before the later stages sign it. The published example in the unit
 * tests covers the action.
 */
import Sign from "tencentcloud-sdk-nodejs-common/tencentcloud/common/sign";

import {
  type RequestToSign,
  canonicalRequest,
  sign,
  stringToSign,
} from "../../provider/tencentcloud/transport/signature";
import { type Case, cases } from "./support/randomRequests";
import { Secret } from "../../provider/tencentcloud/secrets/secret";

const ours = ({ request, credentials }: Case): string => {
  const canonical = canonicalRequest({ ...request, action: "Any" });
  const withoutAction = canonical.replace("\nx-tc-action:any\n", "\n").replace(";x-tc-action\n", "\n");
  return sign(stringToSign(withoutAction, request), request, new Secret(credentials.secretKey));
};

const theSdks = ({ request, credentials }: Case): string => {
  const authorization = Sign.sign3({
    method: "POST",
    url: `https://${request.host}/`,
    // As bytes: the SDK writes some characters in other words than JSON.stringify.
    payload: Buffer.from(request.body, "utf8"),
    timestamp: request.timestamp,
    service: request.service,
    headers: { "Content-Type": request.contentType },
    multipart: false,
    boundary: "",
    ...credentials,
  });
  return authorization.slice(authorization.lastIndexOf("=") + 1);
};

it("1,000 random requests get the same signature as from the SDK in the same second", () => {
  expect(cases.filter((each) => ours(each) !== theSdks(each))).toEqual([]);
});

it("the random requests are all different, some empty, some large, many in other scripts", () => {
  const all = cases.map(({ request: { body } }) => body);
  expect(new Set(cases.map(ours)).size).toBe(1000);
  expect(all.filter((body) => body === "").length).toBeGreaterThan(50);
  expect(all.filter((body) => body.length > 100_000).length).toBeGreaterThan(3);
  expect(all.filter((body) => /[^\0-\x7f]/.test(body)).length).toBeGreaterThan(200);
});

describe("where the SDK deviates from the documentation, this client follows the documentation", () => {
  const [{ request, credentials }] = cases as [Case];

  it.each<[string, Partial<RequestToSign>, Partial<RequestToSign>]>([
    [
      "a content type is signed in lower case",
      { contentType: "Application/JSON" },
      { contentType: "application/json" },
    ],
    [
      "a content type is signed without spaces around it",
      { contentType: " text/plain " },
      { contentType: "text/plain" },
    ],
  ])("the documentation decides, not the SDK: %s", (_, changes, canonical) => {
    const given = { request: { ...request, ...changes }, credentials };
    expect(ours(given)).toBe(ours({ request: { ...request, ...canonical }, credentials }));
    expect(ours(given)).not.toBe(theSdks(given));
  });

  it("a host is signed with its port, as it is sent", () => {
    const given = { request: { ...request, host: "127.0.0.1:8080" }, credentials };
    const withoutPort = { request: { ...request, host: "127.0.0.1" }, credentials };
    expect(theSdks(given)).toBe(theSdks(withoutPort));
    expect(ours(given)).not.toBe(ours(withoutPort));
  });
});
