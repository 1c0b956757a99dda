import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { kill, until, withDescendants } from "../../../tools/processes";
import { randomLetters, randomPassword, randomSecretKey } from "../support/canaries";
import { cacheArgs, program, shown } from "../support/fixture";
import type { Echo, Sent } from "../support/gate";
import { type Scenario, expectSent, expectUp, huntThrough, succeeds, upToAnother, upWith } from "../support/scenario";

/** Takes its timeout from the environment. */
const impatient = program({ timeoutSeconds: "from the environment" }).replace(
  '"from the environment"',
  "Number(process.env.TIMEOUT_SECONDS ?? 120)",
);

/** For an up with a permanent fault. */
const hurried = { TIMEOUT_SECONDS: "4" };

const verifying = `
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  const verify = { host: "127.0.0.1", port: Number(process.env.REDIS_PORT) };
  const password = process.env.REDIS_PASSWORD;
  new RedisInstancePassword("cache", { ...${JSON.stringify(cacheArgs)}, verify, password });
`;

const apiError = (message: string, code = "InvalidParameter", requestId = "id"): Echo => ({
  status: 200,
  body: JSON.stringify({ Response: { Error: { Code: code, Message: message }, RequestId: requestId } }),
});

/** Servers and gateways that repeat parts of a request. */
const echoes: Readonly<Record<string, (sent: Sent) => Echo>> = {
  "in an error's message": ({ headers, body }) => apiError(`cannot read ${headers} ${body}`),
  "in an error's code and request id": ({ headers, body }) => apiError("no", body, headers),
  "URL-encoded, in an error": ({ body }) => apiError(encodeURIComponent(body)),
  "cut off within the password, in an error": ({ body }) => apiError(`near ${body.slice(0, body.indexOf("aZ7") + 20)}`),
  "from within the password on, in an error": ({ body }) => apiError(`near ${body.slice(body.indexOf("aZ7") + 9)}`),
  "in base64, in an error": ({ body }) => apiError(Buffer.from(body).toString("base64")),
  "in hex, in an error": ({ body }) => apiError(Buffer.from(body).toString("hex")),
  "in a page": ({ headers, body }) => ({ status: 403, body: `<pre>${headers}\n\n${body}</pre>` }),
  "in JSON that breaks off": ({ body }) => ({ status: 200, body: `{"Response": ${body}` }),
  "in the address of a redirect": ({ body }) => ({
    status: 302,
    headers: { Location: `/?${encodeURIComponent(body)}` },
    body: "",
  }),
};

/** Matches the command line of a provider's process. */
const providerProcess = /dynamic-provider|pulumi-resource-tencentcloud-redis/;

/** Throws an unhandled error in the provider while it waits for the task. */
const crashes = `
  if (${String(providerProcess)}.test(process.argv[1])) {
    require("node:diagnostics_channel").subscribe("undici:request:create", ({ request }) => {
      if (!request.headers.includes("DescribeTaskInfo")) return;
      if (process.env.CRASH === "rejection") Promise.reject(new Error("nobody handles this"));
      else setImmediate(() => { throw new Error("nobody catches this"); });
    });
  }
`;

const scenarios: Readonly<Record<string, Scenario>> = {
  "resets that are refused, fail or get lost": {
    source: impatient,
    async play(hunt) {
      const { cloud } = hunt.fixture;
      const wrong = { TENCENTCLOUD_SECRET_KEY: hunt.add("wrong secret key", randomSecretKey()) };
      await upToAnother(hunt, /SignatureFailure/, wrong);
      await upToAnother(hunt);
      for (const [fault, words, environment] of [
        [`task-fail:${hunt.newPassword()} is refused*1`, /ended as failed: \[secret\] is refused/, {}],
        ["drop-response", /got no usable answer/, hurried],
        ["garbage*1", /got no usable answer/, {}],
        ["error:InternalError", /InternalError/, hurried],
        ["http:503", /got no usable answer/, hurried],
      ] as const) {
        cloud.addFault(`ResetPassword=${fault}`);
        await expectUp(hunt, words, environment);
        expectSent(hunt);
        cloud.clearFaults();
        hunt.newPassword();
      }
    },
  },

  "refusals that repeat the request": {
    source: impatient,
    async play(hunt) {
      for (const [title, echo] of Object.entries(echoes)) {
        hunt.gate.echo = echo;
        const passwords = title.includes("within the password")
          ? [randomPassword(), randomLetters()]
          : [randomPassword()];
        for (const password of passwords) {
          hunt.newPassword(`password repeated ${title}`, password);
          await expectUp(hunt, /ResetPassword (failed|got no usable answer)/, hurried);
        }
      }
    },
  },

  "a reset that takes too long, and is completed": {
    source: impatient,
    async play(hunt) {
      hunt.fixture.cloud.addFault("ResetPassword=task-stuck*1");
      await upToAnother(hunt, /was still running/, hurried);
      await succeeds(hunt, ["refresh", "--yes"]);
      hunt.fixture.cloud.clearFaults();
      await succeeds(hunt, ["preview", "--diff"]);
      await expectUp(hunt);
      expectSent(hunt);
    },
  },

  "instances that refuse the password, repeat it, or cannot be reached": {
    source: verifying,
    cloud: { instances: { "crs-5a4py64p": undefined, "crs-other": undefined } },
    async play(hunt) {
      const at = (port: number | undefined) => ({ REDIS_PORT: String(port) });
      await upToAnother(hunt, undefined, at(9));
      await upToAnother(hunt, /refuses the password/, at(hunt.fixture.cloud.instances[1]?.port));
      for (const length of [1000, 20]) {
        const redis = createServer((socket) =>
          socket
            .on("error", () => undefined)
            .once("data", () => socket.end(`-WRONGPASS not ${hunt.password.slice(0, length)}\r\n`)),
        ).listen(0, "127.0.0.1");
        await once(redis, "listening");
        await upToAnother(hunt, /refuses the password/, at((redis.address() as AddressInfo).port));
        redis.close();
      }
    },
  },

  "a provider that is killed while it waits": {
    async play(hunt) {
      hunt.fixture.cloud.addFault("ResetPassword=task-stuck*1");
      let engine = 0;
      const isWaiting = () => hunt.gate.sent.some(({ action }) => action === "DescribeTaskInfo");
      const ending = upToAnother(hunt, /EOF/, {}, [], { onStart: (id) => (engine = id) });
      await until(isWaiting);
      for (const { id, commandLine } of withDescendants(engine)) if (providerProcess.test(commandLine)) kill(id);
      await ending;
      hunt.fixture.cloud.clearFaults();
      expectSent(hunt);
    },
  },

  // Pulumi's process for dynamic resources keeps running; the plugin's ends.
  "errors in the provider that nobody handles": {
    async play(hunt) {
      hunt.fixture.write("crashes.js", crashes);
      const options = { NODE_OPTIONS: `--require ${hunt.fixture.folder}/crashes.js` };
      for (const [CRASH, words] of [
        ["rejection", "nobody handles this"],
        ["exception", "nobody catches this"],
      ]) {
        hunt.newPassword();
        if (hunt.frontEnd === "plugin") await expectUp(hunt, /EOF/, { ...options, CRASH });
        else expect(shown(await succeeds(hunt, upWith(), { ...options, CRASH }))).toContain(words);
        expectSent(hunt);
      }
    },
  },
};

describe("no secret is found anywhere after", () => {
  huntThrough(scenarios);
});
