import { connect } from "node:net";
import path from "node:path";

/** Where the engine listens that has started this process as a provider: it passes the address along. */
function engineAddress([, script = "", address = ""]: readonly string[]): string | undefined {
  return path.basename(path.dirname(script)) === "dynamic-provider" ? address : undefined;
}

/**
 * Ends this process once the engine that has started it is gone, killed perhaps. Pulumi would leave it running, and a
 * reset that it still sends, which nobody records any more, could come after one of the next run.
 *
 * @param end called once that is so
 */
export function endWithEngine(address = engineAddress(process.argv), end: () => void = () => process.exit(1)): void {
  if (address !== undefined) watch(address, end, false);
}

/** Holds a connection that carries nothing. The engine may close it after a while, and then takes another one. */
function watch(address: string, end: () => void, wasThere: boolean): void {
  const { hostname, port } = new URL(`tcp://${address}`);
  let isThere = false;
  const socket = connect({ host: hostname, port: Number(port) }, () => (isThere = true));
  // Unread, what the engine says first would hide that it has hung up.
  socket.unref().resume();
  socket.on("error", () => undefined);
  socket.once("close", () => {
    if (isThere) setTimeout(() => watch(address, end, true), reconnectMs).unref();
    else if (wasThere) end();
  });
}

/** So soon is an engine that has gone noticed. */
const reconnectMs = 100;
