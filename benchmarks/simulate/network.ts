import { setTimeout as sleep } from "node:timers/promises";

import type { Dispatcher } from "undici";

import type { Service } from "./service";

/** What has become of a request. */
export interface Exchange {
  readonly action: string;
  /** The error's code; undefined for a success. */
  readonly code: string | undefined;
  readonly instanceId: string | undefined;
  readonly isAnswerLost: boolean;
}

export interface NetworkOptions {
  readonly service: Service;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** The part of all answers that is lost. */
  readonly lostAnswers: number;
  readonly onExchange: (exchange: Exchange) => void;
}

/**
 * The `dispatch` of an undici that reaches the service, and nothing else. A request and its answer take 50 to 150 ms
 * together. Of the answers that are lost one half ends with the connection, and the other never comes.
 */
export function dispatchFrom({ service, random, lostAnswers, onExchange }: NetworkOptions): Dispatcher["dispatch"] {
  const travel = (signal?: AbortSignal) => sleep(25 + 50 * random(), undefined, signal ? { signal } : {});

  async function exchange({ origin, headers, body }: SentRequest, signal: AbortSignal): Promise<object> {
    await travel();
    const answer = service.answer({ headers: { ...lowerCased(headers), host: new URL(origin).host }, body });
    const isAnswerLost = random() < lostAnswers;
    onExchange({
      action: headers["X-TC-Action"] ?? "",
      code: (answer.Error as { Code: string } | undefined)?.Code,
      instanceId: (JSON.parse(body) as { InstanceId?: string }).InstanceId,
      isAnswerLost,
    });
    await travel(signal);
    if (isAnswerLost && random() < 0.5) await sleep(3_600_000, undefined, { signal });
    if (isAnswerLost) throw closedConnection();
    return answer;
  }

  return (request, handler) => {
    const controller = controllerOf();
    handler.onRequestStart?.(controller, {});
    exchange(request as unknown as SentRequest, controller.signal).then(
      (answer) => {
        handler.onResponseStart?.(controller, 200, { date: new Date().toUTCString() }, "OK");
        handler.onResponseData?.(controller, Buffer.from(JSON.stringify({ Response: answer })));
        handler.onResponseEnd?.(controller, {});
      },
      (error: unknown) => handler.onResponseError?.(controller, controller.reason ?? (error as Error)),
    );
    return true;
  };
}

/** The arguments that undici passes to a response handler. */
function controllerOf(): Dispatcher.DispatchController & { readonly signal: AbortSignal } {
  const aborting = new AbortController();
  return {
    signal: aborting.signal,
    get aborted() {
      return aborting.signal.aborted;
    },
    get reason() {
      return aborting.signal.aborted ? (aborting.signal.reason as Error) : null;
    },
    paused: false,
    abort: (reason) => aborting.abort(reason),
    pause: () => undefined,
    resume: () => undefined,
  };
}

/** What the client tells undici of a request. */
interface SentRequest {
  readonly origin: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const closedConnection = (): Error => Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
