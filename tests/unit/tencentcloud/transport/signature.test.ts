import {
  authorization,
  canonicalRequest,
  sign,
  stringToSign,
} from "../../../../provider/tencentcloud/transport/signature";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";

describe("the vendor's published example", () => {
  // https://cloud.tencent.com/document/api/239/20020, where the escapes in the body are literal.
  const example = {
    service: "cvm",
    host: "cvm.tencentcloudapi.com",
    action: "DescribeInstances",
    contentType: "application/json; charset=utf-8",
    body: String.raw`{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}`,
    timestamp: 1551113065,
  };
  const secretId = `AKID${"*".repeat(32)}`;
  const secretKey = new Secret("*".repeat(32));

  const expectedRequest = `POST
/

content-type:application/json; charset=utf-8
host:cvm.tencentcloudapi.com
x-tc-action:describeinstances

content-type;host;x-tc-action
35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064`;

  const expectedText = `TC3-HMAC-SHA256
1551113065
2019-02-25/cvm/tc3_request
7019a55be8395899b900fb5564e4200d984910f34794a27cb3fb7d10ff6a1e84`;

  const expectedSignature = "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f";

  it("has its canonical request", () => {
    expect(canonicalRequest(example)).toBe(expectedRequest);
  });

  it("has its string to sign", () => {
    expect(stringToSign(expectedRequest, example)).toBe(expectedText);
  });

  it("has its signature", () => {
    expect(sign(expectedText, example, secretKey)).toBe(expectedSignature);
  });

  it("has its Authorization header", () => {
    expect(authorization(example, { secretId, secretKey })).toBe(
      `TC3-HMAC-SHA256 Credential=${secretId}/2019-02-25/cvm/tc3_request, ` +
        `SignedHeaders=content-type;host;x-tc-action, Signature=${expectedSignature}`,
    );
  });

  it("is signed the same with spaces around its headers and with other capitalization", () => {
    const sloppy = {
      contentType: " Application/JSON; charset=UTF-8",
      host: "CVM.tencentcloudapi.com ",
      action: " describeinstances ",
    };
    expect(canonicalRequest({ ...example, ...sloppy })).toBe(expectedRequest);
  });

  it.each([
    ["last second of its day", "2019-02-25T23:59:59Z", "2019-02-25"],
    ["first second of the next day", "2019-02-26T00:00:00Z", "2019-02-26"],
  ])("is signed for its UTC date in the %s", (_, time, date) => {
    const timestamp = Date.parse(time) / 1000;
    expect(
      stringToSign(expectedRequest, { ...example, timestamp })
        .split("\n")
        .slice(1, 3),
    ).toEqual([String(timestamp), `${date}/cvm/tc3_request`]);
  });

  it("signs the bytes of the body, in UTF-8", () => {
    const hash = "0e3d8855d6491cae77c6c92f09c041da1a4903c725883f158b55198cb10b1360";
    expect(
      canonicalRequest({ ...example, body: "密" })
        .split("\n")
        .at(-1),
    ).toBe(hash);
  });
});

it("signs with a key that holds for one date and one service only", () => {
  const request = { service: "redis", host: "h", action: "A", contentType: "t", body: "", timestamp: 0 };
  const others = [{ timestamp: 86_400 }, { service: "cvm" }].map((change) => ({ ...request, ...change }));
  const signatures = [request, ...others].map((each) => sign("the same text", each, new Secret("key")));
  expect(new Set(signatures).size).toBe(3);
});
