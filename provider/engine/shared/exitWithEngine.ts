import { connect } from "node:net";
import { basename, dirname } from "node:path";

/**
 * Returns the address of the engine that has started this process as a provider. It is the last argument that is one:
 * flags come before it, such as `--logtostderr -v=3 --tracing tcp://127.0.0.1:8080`.
 */
export const findEngineAddress = (args: readonly string[]): string | undefined =>
  args.filter((arg, index) => isAddress(arg) && args[index - 1] !== "--tracing").at(-1);

/** Only Pulumi's own program for dynamic resources has its engine's address among its arguments. */
function dynamicEngineAddress([, script = "", ...args]: readonly string[]): string | undefined {
  const isProvider = [script, dirname(script)].some((name) => basename(name) === "dynamic-provider");
  return isProvider ? findEngineAddress(args) : undefined;
}

/** A host and a port, nothing else: no URL, no flag. */
function isAddress(text: string): boolean {
  const port = /^(?:\[[\da-f:.]+\]|[^-\s:/=@][^\s:/=@]*):(\d+)$/i.exec(text)?.[1];
  return Number(port) < 65536;
}

/**
 * Ends this process once the engine that has started it is gone, killed perhaps. Pulumi would leave it running, and a
 * reset that it still sends, which nobody records any more, could come after one of the next run.
 *
 * @param end called once that is so
 */
export function exitWithEngine(
  address = dynamicEngineAddress(process.argv),
  end: () => void = () => process.exit(1),
): void {
  if (address !== undefined) watch(address, end, 0);
}

/** Holds a connection that carries nothing. The engine may close it after a while, and then takes another one. */
function watch(address: string, end: () => void, refusals: number): void {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/[[\]]/g, "");
  let code: string | undefined;
  const socket = connect({ host, port: Number(address.slice(colon + 1)) });
  // Unread, what the engine says first would hide that it has hung up.
  socket.unref().resume();
  socket.on("error", (error: NodeJS.ErrnoException) => (code = error.code));
  socket.once("close", () => {
    // Only a refusal means that nobody listens there. All else, such as EMFILE, is about this process or the network.
    const isRefused = code === "ECONNREFUSED";
    if (isRefused && refusals + 1 === enoughRefusals) end();
    else setTimeout(() => watch(address, end, isRefused ? refusals + 1 : 0), reconnectMs).unref();
  });
}

/** In a row: some systems refuse a connection to a server that is merely busy. */
const enoughRefusals = 3;

/** An engine that has gone is noticed within three of these. */
const reconnectMs = 50;
