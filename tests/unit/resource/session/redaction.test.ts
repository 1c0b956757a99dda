import { inspect } from "node:util";

import { createHandlers } from "../../../../provider/engine/createHandlers";
import { Session } from "../../../../provider/resource/session/session";
import type { Transport } from "../../../../provider/tencentcloud/transport/http";
import { silentLog } from "../../../../provider/resource/session/resourceLog";
import { asAnyBytes } from "../../support/bytes";
import { startConnectProxy } from "../../support/connectProxy";
import { createSleepClock } from "../../support/clock";
import { catchError } from "../../support/failure";
import { makeFingerprint, id, program, state } from "../../support/resource";
import { Secret } from "../../../../provider/tencentcloud/secrets/secret";
import { Redactor } from "../../../../provider/tencentcloud/secrets/redactor";
import { standaloneClient } from "../../../support/standaloneClient";
import { credentialsWith } from "../../../support/credentials";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";

const keys: Readonly<Record<string, string>> = {
  TENCENTCLOUD_SECRET_ID: "AKIDexample",
  TENCENTCLOUD_SECRET_KEY: "exampleKey",
};
const otherPassword = "of-another-1";
const requestId = "137c2607-07d1-4df0-9978-4b57a7ca3465";

/** Returns a run that knows another resource's password, and what it sees of the service's response. */
function runWith(content: object) {
  const transport: Transport = () =>
    Promise.resolve({ status: 200, serviceTimeMs: undefined, body: JSON.stringify({ Response: content }) });
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const session = new Session({ transport, environment: (name) => keys[name], clock: createSleepClock() });
  const handlers = createHandlers(session, print);
  handlers.check({}, program({ instanceId: "crs-8hqn2v0k", password: otherPassword }));
  return { handlers, lines };
}

it.each([
  ["verbatim", otherPassword, "[secret]"],
  ["truncated", otherPassword.slice(0, -2), "[secret]"],
  ["in hex", Buffer.from(otherPassword).toString("hex"), "[secret]"],
])("the refusal of one resource shows no password of another: %s", async (_, written, expected) => {
  const { handlers } = runWith({
    Error: { Code: "InvalidParameter", Message: `near ${written}` },
    RequestId: requestId,
  });
  expect(await catchError(() => handlers.read(id, state()))).toHaveProperty(
    "message",
    expect.stringContaining(`near ${expected} (InvalidParameter`),
  );
});

it.each([
  ["RequestLimitExceeded", "LimitExceeded1!"],
  ["ServiceUnavailable", "Unavailable1"],
  ["InternalError.DbError", "InternalError.1"],
  ["InvalidParameter.InvalidParameter", "rameter.InvalidP1"],
  ["ResourceNotFound.InstanceNotExists", "NotFound1!"],
])("the code %s stays unchanged, even if another password resembles it", async (code, password) => {
  const redactor = new Redactor();
  redactor.remember(new Secret(password));
  const body = JSON.stringify({ Response: { Error: { Code: code, Message: password }, RequestId: requestId } });
  const clock = createSleepClock();
  const client = standaloneClient({
    clock,
    endpoint: new URL("http://127.0.0.1:1"),
    region: "ap-guangzhou",
    credentials: () => Promise.resolve(credentialsWith({ secretId: "AKIDexample", secretKey: "exampleKey" })),
    redactor,
    transport: () => Promise.resolve({ status: 200, serviceTimeMs: undefined, body }),
  });
  const call = { action: "DescribeInstances", parameters: {}, deadline: deadlineIn(60, clock) };
  const error = await catchError(() => client(call));
  expect(error).toMatchObject({ code, requestId });
  expect(String(error)).toContain(`[secret] (${code}, request ${requestId})`);
});

it("a response for one resource keeps text that looks like another's password, since it is compared", async () => {
  const { handlers } = runWith({ InstanceSet: [{ InstanceId: `crs-${otherPassword}` }], RequestId: requestId });
  const pending = state({ status: "failed", instanceId: `crs-${otherPassword}` });
  await expect(handlers.read(`ap-guangzhou/crs-${otherPassword}`, pending)).resolves.toMatchObject({ props: pending });
});

it("printing a session shows none of its secrets", async () => {
  const proxy = await startConnectProxy(1, () => 407);
  const https_proxy = proxy.url.href.replace("//", "//user:theProxyS3CRET@");
  const session = new Session({ environment: (name) => ({ ...keys, https_proxy })[name] });
  session.passwords.remember(new Secret(otherPassword), makeFingerprint(otherPassword));
  const client = session.clientFor({ instanceId: "crs-5a4py64p", region: "ap-guangzhou" }, silentLog);
  const call = { action: "DescribeInstances", parameters: {}, deadline: session.deadlineIn(60) };
  const error = await catchError(() => client(call));
  await proxy.stop();
  expect(String(error)).toContain("proxy authentication failed");
  for (const printed of [inspect(session, { depth: Infinity, showHidden: true }), JSON.stringify(session)]) {
    expect(printed).toContain("passwords");
    for (const secret of [otherPassword, "exampleKey", "theProxyS3CRET"]) {
      expect(printed).not.toMatch(asAnyBytes(secret));
    }
  }
});
