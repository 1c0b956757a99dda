/**
 * Sends the requests on standard input, one after another, and prints the outcomes. It runs in a separate process,
 * because Node.js reads NODE_EXTRA_CA_CERTS at its start.
 */
import { text } from "node:stream/consumers";

import { createHttpTransport } from "../../../provider/tencentcloud/transport/http";

export interface Sending {
  readonly url: string;
  /** The environment variables that set proxies. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface Sent {
  readonly status?: number;
  readonly body?: string;
  readonly error?: { readonly name: string; readonly message: string; readonly outcome?: string };
  /** Whether undici has been loaded by now. */
  readonly isUndiciLoaded: boolean;
}

async function send({ url, variables }: Sending): Promise<Sent> {
  const sendHttp = createHttpTransport((name) => variables[name]);
  const isUndiciLoaded = (): boolean => Object.keys(require.cache).some((file) => /node_modules.undici./.test(file));
  try {
    const { status, body } = await sendHttp("Anything", { url: new URL(url), body: "{}", timeoutMs: 60_000 });
    return { status, body, isUndiciLoaded: isUndiciLoaded() };
  } catch (error) {
    const { name, message, outcome } = error as Error & { outcome?: string };
    return { error: { name, message, ...(outcome !== undefined && { outcome }) }, isUndiciLoaded: isUndiciLoaded() };
  }
}

async function main(): Promise<void> {
  const sendings = JSON.parse(await text(process.stdin)) as Sending[];
  const results: Sent[] = [];
  for (const sending of sendings) results.push(await send(sending));
  process.stdout.write(JSON.stringify(results));
}

void main();
