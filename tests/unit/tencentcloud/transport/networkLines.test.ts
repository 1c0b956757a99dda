import { ConnectionError } from "../../../../provider/tencentcloud/transport/connect";
import { transportError } from "../../../../provider/tencentcloud/transport/transportFailure";
import { ProxyError } from "../../../../provider/tencentcloud/transport/proxyError";
import { documentedLines } from "../../../support/documentedLines";

const untrusted = Object.assign(new Error("Node's words"), { code: "SELF_SIGNED_CERT_IN_CHAIN" });

// The real causes are in tunnel.test.ts and proxiedHttp.test.ts.
it.each<[string, Error]>([
  ["The proxy refuses the user", new ProxyError("proxy authentication failed (407): check HTTPS_PROXY", false)],
  ["The proxy refuses the user", new ProxyError("proxy authentication failed (SOCKS5): check ALL_PROXY", false)],
  ["The proxy opens no connection", new ProxyError("the proxy refused to connect to a.example:443 (403)", false)],
  ["A certificate is not trusted", new ConnectionError("service", untrusted)],
  ["A certificate is not trusted", new ConnectionError("proxy", untrusted)],
  ["Node.js has no WebAssembly", new Error("Node.js has no WebAssembly: do not run it with --jitless")],
])("the lines below “%s” are what is shown", (heading, error) => {
  const { message } = transportError({ action: "ResetPassword", host: "a.example", isSent: false, error });
  for (const line of documentedLines(heading)) expect(message).toMatch(line);
});
