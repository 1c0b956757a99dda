import { connect } from "node:net";
import { basename, dirname } from "node:path";

/**
 * Returns the address of the engine that has started this process as a provider: the last argument that is an address,
 * since flags such as `--logtostderr -v=3 --tracing tcp://127.0.0.1:8080` come before it.
 */
export const findEngineAddress = (args: readonly string[]): string | undefined =>
  args.filter((arg, index) => isAddress(arg) && args[index - 1] !== "--tracing").at(-1);

/** Only Pulumi's own script for dynamic resources gets the engine's address as an argument. */
function dynamicEngineAddress([, script = "", ...args]: readonly string[]): string | undefined {
  const isProvider = [script, dirname(script)].some((name) => basename(name) === "dynamic-provider");
  return isProvider ? findEngineAddress(args) : undefined;
}

/** Accepts a host and a port only, neither a URL nor a flag. */
function isAddress(text: string): boolean {
  const port = /^(?:\[[\da-f:.]+\]|[^-\s:/=@][^\s:/=@]*):(\d+)$/i.exec(text)?.[1];
  return Number(port) < 65536;
}

/**
 * Ends this process once the engine that has started it is gone, for example killed, and not before. Pulumi would leave
 * the process running: it could still send a reset that no state records, even after a reset of the next run.
 *
 * Ignores SIGTERM: a service manager that stops all processes of a job sends it to the engine, too, which then cancels
 * the run or waits for this process. Without a response, the engine would not record a reset that was sent. It ends this
 * process by SIGKILL.
 *
 * @param end called once the engine is gone
 */
export function exitWithEngine(
  address = dynamicEngineAddress(process.argv),
  end: () => void = () => process.exit(1),
): void {
  if (address === undefined) return;
  process.off("SIGTERM", ignore).on("SIGTERM", ignore);
  watch(address, end, 0);
}

const ignore = (): void => undefined;

/** Holds an idle connection. The engine may close it after a while, and then accepts another one. */
function watch(address: string, end: () => void, refusals: number): void {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/[[\]]/g, "");
  let code: string | undefined;
  const socket = connect({ host, port: Number(address.slice(colon + 1)) });
  // Unless its data is read, the socket does not report that the engine has closed it.
  socket.unref().resume();
  socket.on("error", (error: NodeJS.ErrnoException) => (code = error.code));
  socket.once("close", () => {
    // Only a refusal means that no process listens there. Other errors, such as EMFILE, concern this process or the
    // network.
    const isRefused = code === "ECONNREFUSED";
    if (isRefused && refusals + 1 === enoughRefusals) end();
    else setTimeout(() => watch(address, end, isRefused ? refusals + 1 : 0), reconnectMs).unref();
  });
}

/** Consecutive refusals: some systems refuse a connection to a server that is merely busy. */
const enoughRefusals = 3;

/** Three of these intervals pass at most before the end of the engine is noticed. */
const reconnectMs = 50;
