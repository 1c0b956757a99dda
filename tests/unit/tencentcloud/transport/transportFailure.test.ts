import { ConnectionError } from "../../../../provider/tencentcloud/transport/connect";
import { transportError } from "../../../../provider/tencentcloud/transport/transportFailure";

const host = "redis.example:443";
const withCode = (code: string, message = "the reason") => Object.assign(new Error(message), code && { code });
const told = (error: unknown, isSent = false) => transportError({ action: "Anything", host, isSent, error });

const codes: Readonly<Record<"unreachable" | "refused", readonly string[]>> = {
  unreachable: [
    ...["EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ENOTFOUND", "UND_ERR_CONNECT_TIMEOUT"],
    ...["ECONNRESET", "EPIPE", "ETIMEDOUT", "EMFILE", "ENFILE", "ENOBUFS", "ENOMEM", "EADDRNOTAVAIL", "E2BIG"],
    ...["UND_ERR_SOCKET", "ERR_STREAM_PREMATURE_CLOSE"],
  ],
  refused: [
    ...["CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID", "ERR_TLS_HANDSHAKE", "ERR_SSL_WRONG_VERSION_NUMBER"],
    ...["EPROTO", "UNABLE_TO_GET_CRL", "INVALID_CA", "INVALID_PURPOSE", "HOSTNAME_MISMATCH", "PATH_LENGTH_EXCEEDED"],
    ...["UND_ERR_INVALID_ARG", "ERR_INVALID_ARG_TYPE", "ERR_SOCKET_BAD_PORT", "A_CODE_OF_TOMORROW", ""],
    ...["NOT_ECONNRESET", "UND_ERR_SOCKETS", "ERR_STREAM_PREMATURE_CLOSES"],
  ],
};

it.each(Object.entries(codes))(
  "before anything is sent, the error code determines the outcome: %s",
  (outcome, list) => {
    for (const code of list) {
      for (const error of [withCode(code), new ConnectionError("service", withCode(code))]) {
        const { outcome: actual, reason } = told(error);
        expect({ code, outcome: actual, reason }).toEqual({ code, outcome, reason: `the reason (${host})` });
      }
    }
  },
);

it("after something is sent, the outcome is lost, with any error code", () => {
  for (const code of Object.values(codes).flat()) {
    expect({ code, outcome: told(withCode(code), true).outcome }).toEqual({ code, outcome: "lost" });
  }
});

it.each([
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
])("the error about an unknown authority names the variable that adds it: %s", (code) => {
  const error = withCode(code, "Node's words, which differ by version");
  const advice = "set NODE_EXTRA_CA_CERTS to a PEM file with its certificate authority";
  expect(told(new ConnectionError("service", error))).toMatchObject({
    outcome: "refused",
    reason: `this machine does not trust the certificate of ${host} (${code}): ${advice}`,
  });
  expect(told(new ConnectionError("proxy", error))).toMatchObject({
    outcome: "refused",
    reason: `this machine does not trust the certificate of the proxy (${code}): ${advice}`,
  });
});

it.each<[string, unknown, string]>([
  [
    "names the proxy if the proxy failed",
    new ConnectionError("proxy", withCode("ECONNREFUSED")),
    "cannot connect to the proxy: the reason",
  ],
  ["is the error code if there is no message", withCode("ECONNRESET", ""), "ECONNRESET"],
  [
    "is the first error code if several addresses fail",
    Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" }),
    "ECONNREFUSED",
  ],
  ["is empty if there is neither a message nor a code", new Error(""), ""],
  ["is the word undefined if undefined was thrown", undefined, "undefined"],
  [
    "is the unchanged message for an expired certificate",
    withCode("CERT_HAS_EXPIRED", "certificate has expired"),
    "certificate has expired",
  ],
])("the reason of a failure %s", (_, error, reason) => {
  expect(told(error).reason).toBe(`${reason} (${host})`);
});
