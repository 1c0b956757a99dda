import { ConnectionError } from "../../../provider/tencentcloud/transport/connect";
import { ProxyError } from "../../../provider/tencentcloud/transport/proxyError";
import { type Answers, listTasks, refusal, task, unfinished } from "../../unit/support/fakeService";
import type { Values } from "../../unit/support/credentialContext";

/** The service's responses to an update that then prints exactly the lines below each heading. */
export const failingUpdates: readonly (readonly [heading: string, answers: Answers])[] = [
  ["Another task may set the password", { DescribeTaskList: listTasks(unfinished(99)) }],
  [
    "Another task had not ended after the reset",
    { DescribeTaskList: [listTasks(), listTasks(unfinished(99), task(100))] },
  ],
  ["Other changes cannot be looked up", { DescribeTaskList: refusal("UnauthorizedOperation") }],
  ["The service gave no task", { ResetPassword: { TaskId: 0 } }],
  ["The task ended with an error", { DescribeTaskInfo: { Status: "error" } }],
  ["The service fails", { ResetPassword: refusal("InternalError", "Database error.") }],
  [
    "The instance is to be deleted",
    {
      ResetPassword: refusal("ResourceUnavailable.InstanceStatusAbnormal"),
      DescribeInstances: { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: -3 }] },
    },
  ],
];

/** The environments in which looking up the credentials fails. */
export const failingCredentials: readonly (readonly [heading: string, environment: Values])[] = [
  ["Two identities are selected", { TENCENTCLOUD_SECRET_ID: "AKIDexample", TENCENTCLOUD_PROFILE: "prod" }],
  ["The key of a login has expired", {}],
];

const untrusted = Object.assign(new Error("Node's words"), { code: "SELF_SIGNED_CERT_IN_CHAIN" });

/**
 * Causes of a request without a response. The real causes are in tunnel.test.ts, proxiedHttp.test.ts and
 * unverifiedCertificate.test.ts.
 */
export const transportFailures: readonly (readonly [heading: string, error: Error])[] = [
  ["The proxy refuses the user", new ProxyError("proxy authentication failed (407): check HTTPS_PROXY", false)],
  ["The proxy refuses the user", new ProxyError("proxy authentication failed (SOCKS5): check ALL_PROXY", false)],
  ["The proxy opens no connection", new ProxyError("the proxy refused to connect to a.example:443 (403)", false)],
  ["A certificate is not trusted", new ConnectionError("service", untrusted)],
  ["A certificate is not trusted", new ConnectionError("proxy", untrusted)],
  ["Node.js has no WebAssembly", new Error("Node.js has no WebAssembly: do not run it with --jitless")],
];
