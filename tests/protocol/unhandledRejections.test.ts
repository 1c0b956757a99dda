import { execFile } from "node:child_process";
import path from "node:path";

import fc from "fast-check";

import { canary, secretKey, secretPassword } from "../unit/properties/support/arbitraries";
import { holds } from "../unit/properties/support/property";
import { type RawServer, http, ok, startRawServer } from "../unit/properties/support/rawServer";
import { spelling } from "../unit/properties/support/spellings";
import { project } from "./support/project";

let server: RawServer;
beforeAll(async () => (server = await startRawServer()));
afterAll(() => server.stop());

/** Returns the output of a process that creates a resource and handles no errors. */
function output(password: string, key: string): Promise<{ code: unknown; text: string }> {
  const env = {
    PATH: process.env.PATH,
    PASSWORD: password,
    TENCENTCLOUD_SECRET_ID: "AKIDexample",
    TENCENTCLOUD_SECRET_KEY: key,
    TENCENTCLOUD_TOKEN: `${key}-token`,
    TENCENTCLOUD_REDIS_ENDPOINT: server.url.href,
  };
  const program = path.join(__dirname, "support", "createAndThrow.cjs");
  return new Promise((resolve) => {
    execFile(process.execPath, [program], { cwd: project, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code, text: `${stdout}${stderr}` }),
    );
  });
}

const places = fc.constantFrom<((text: string) => Buffer)[]>(
  (text) => ok({ Error: { Code: "FailedOperation", Message: text }, RequestId: text }),
  (text) => ok({ RequestId: text, TaskId: text }),
  (text) => http(403, text),
  (text) => http(200, "", { "X-Echo": text, "Content-Encoding": text }),
);

it("an unhandled error ends the process with the reason, and without a secret", () =>
  holds(
    "unhandledRejections",
    fc.tuple(secretPassword, secretKey, spelling, places),
    async ([password, key, spell, place]) => {
      server.reply = ({ authorization, body }) => place([password, key, authorization, body].map(spell).join(" "));
      const { code, text } = await output(password, key);
      expect(code).toBe(1);
      // An invalid task id leaves an accepted reset that nothing proves.
      expect(text).toMatch(
        /ResetPassword (failed|got no usable answer): |The service accepted the reset without a task/,
      );
      expect(text).not.toContain(canary);
    },
  ));
