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

// A name below this one leads nowhere.
const domain = "redis.invalid";

const send = (host: string, changes: Partial<HttpRequest> = {}) =>
  sendHttp("Anything", { url: new URL(`http://${host}.${domain}`), timeoutMs: 5000, ...changes });

describe("whether a request may have been carried out", () => {
  const systemError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

  /** As when the operating system refuses a connection. */
  const failToConnect = (code: string) =>
    jest.spyOn(net, "connect").mockImplementation(() => {
      const socket = new net.Socket();
      setImmediate(() => socket.destroy(systemError(code)));
      return socket;
    });

  it.each(["EMFILE", "ENFILE", "ENOMEM", "EADDRNOTAVAIL", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ECODE_OF_TOMORROW"])(
    "it was not, if no connection was established, with any code: %s",
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

  it("it was not, if the HTTP client cannot be loaded for lack of file descriptors", async () => {
    jest.spyOn(Agent.prototype, "compose").mockImplementation(() => {
      throw systemError("EMFILE");
    });
    expect(await catchError(() => send("unloaded"))).toMatchObject({ outcome: "unreachable" });
  });

  it.each<[string, unknown]>([
    ["a failure of the client's own", new ReferenceError("WebAssembly is not defined")],
    ["no memory for a buffer", new RangeError("Array buffer allocation failed")],
    ["an error of Node's", Object.assign(new Error("bad option"), { code: "ERR_INVALID_ARG_VALUE" })],
    ["an odd code", Object.assign(new Error("odd"), { code: 5 })],
    ["no error at all", "a text"],
  ])("it was not, and never will be: %s", async (_, thrown) => {
    jest.spyOn(Agent.prototype, "dispatch").mockImplementation(() => {
      throw thrown;
    });
    const reason = thrown instanceof Error ? thrown.message : "a text";
    const error = await catchError(() => send("unsent"));
    expect(error).toMatchObject({ outcome: "refused", reason: `${reason} (unsent.${domain})` });
  });

  it("it was not, and never will be, with an invalid header", async () => {
    const change = { url: server.url, headers: { "x-one": "a\nb" } };
    expect(await catchError(() => send("", change))).toMatchObject({ outcome: "refused" });
    expect(server.received).toEqual([]);
  });

  it.each<[string, (response: ServerResponse) => unknown, RegExp, boolean]>([
    ["is closed", (response) => response.destroy(), /^other side closed/, false],
    ["is reset", (response) => response.socket?.resetAndDestroy(), /ECONNRESET|other side closed/, false],
    [
      "carries something else than HTTP",
      (response) => response.socket?.end("theS3CRET\r\n\r\n"),
      /^Response does not match the HTTP/,
      false,
    ],
    ["carries no answer in time", () => undefined, /^no answer in time/, true],
  ])("it may have been, if the connection %s after it was sent", async (_, respond, reason, isTimeout) => {
    server.respond = respond;
    const error = await catchError(() => send("", { url: server.url, body: "{}", timeoutMs: 1000 }));
    expect(error).toMatchObject({ outcome: "lost", reason: expect.stringMatching(reason) as unknown, isTimeout });
    expect(server.received).toMatchObject([{ body: "{}" }]);
  });
});
