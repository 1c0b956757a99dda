import type { ServerResponse } from "node:http";
import net from "node:net";

import { Agent } from "undici";

import { type HttpRequest, createHttpTransport } from "../../../../provider/tencentcloud/transport/http";
import "../../support/errorsOfNode";
import { catchError } from "../../support/failure";
import { useHttpServer } from "../../support/httpServer";

const sendHttp = createHttpTransport(() => undefined);

const server = useHttpServer();

afterEach(() => jest.restoreAllMocks());

// Names in this domain do not resolve.
const domain = "redis.invalid";

const send = (host: string, changes: Partial<HttpRequest> = {}) =>
  sendHttp("Anything", { url: new URL(`http://${host}.${domain}`), timeoutMs: 5000, ...changes });

describe("a request", () => {
  const systemError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

  /** Simulates that the operating system refuses a connection. */
  const failToConnect = (code: string) =>
    jest.spyOn(net, "connect").mockImplementation(() => {
      const socket = new net.Socket();
      setImmediate(() => socket.destroy(systemError(code)));
      return socket;
    });

  it.each(["EMFILE", "ENFILE", "ENOMEM", "EADDRNOTAVAIL", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ECODE_OF_TOMORROW"])(
    "was not carried out if no connection was established, with any error code: %s",
    async (code) => {
      failToConnect(code);
      const error = await catchError(() => send("unconnected"));
      expect(error).toMatchObject({
        outcome: "unreachable",
        reason: `connect ${code} (unconnected.${domain})`,
        isTimeout: false,
      });
    },
  );

  it("was not carried out if the HTTP client cannot be loaded for lack of file descriptors", async () => {
    jest.spyOn(Agent.prototype, "compose").mockImplementation(() => {
      throw systemError("EMFILE");
    });
    expect(await catchError(() => send("unloaded"))).toMatchObject({ outcome: "unreachable" });
  });

  it.each<[string, unknown]>([
    ["an internal error of the HTTP client", new ReferenceError("WebAssembly is not defined")],
    ["a failed allocation of a buffer", new RangeError("Array buffer allocation failed")],
    ["an error of Node.js", Object.assign(new Error("bad option"), { code: "ERR_INVALID_ARG_VALUE" })],
    ["an error whose code is not a string", Object.assign(new Error("odd"), { code: 5 })],
    ["a thrown string", "a text"],
  ])("was not carried out, and is not retried, after %s", async (_, thrown) => {
    jest.spyOn(Agent.prototype, "dispatch").mockImplementation(() => {
      throw thrown;
    });
    const reason = thrown instanceof Error ? thrown.message : "a text";
    const error = await catchError(() => send("unsent"));
    expect(error).toMatchObject({ outcome: "refused", reason: `${reason} (unsent.${domain})` });
  });

  it("was not carried out, and is not retried, with an invalid header", async () => {
    const change = { url: server.url, headers: { "x-one": "a\nb" } };
    expect(await catchError(() => send("", change))).toMatchObject({ outcome: "refused" });
    expect(server.received).toEqual([]);
  });

  it.each<[string, (response: ServerResponse) => unknown, RegExp, boolean]>([
    ["is closed", (response) => response.destroy(), /^other side closed/, false],
    ["is reset", (response) => response.socket?.resetAndDestroy(), /ECONNRESET|other side closed/, false],
    [
      "carries something other than HTTP",
      (response) => response.socket?.end("theS3CRET\r\n\r\n"),
      /^Response does not match the HTTP/,
      false,
    ],
    ["carries no response in time", () => undefined, /^timed out/, true],
  ])("may have been carried out if the connection %s after it was sent", async (_, respond, reason, isTimeout) => {
    server.respond = respond;
    const error = await catchError(() => send("", { url: server.url, body: "{}", timeoutMs: 1000 }));
    expect(error).toMatchObject({ outcome: "lost", reason: expect.stringMatching(reason) as unknown, isTimeout });
    expect(server.received).toMatchObject([{ body: "{}" }]);
  });
});
