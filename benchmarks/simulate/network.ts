import { Readable } from "node:stream";
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
 * The `request` of an undici that reaches the service, and nothing else. A request and its answer take 50 to 150 ms together. Of the
 * answers that are lost one half ends with the connection, and the other never comes.
 */
export function requestFrom({ service, random, lostAnswers, onExchange }: NetworkOptions): Dispatcher["request"] {
  const travel = (signal?: AbortSignal) => sleep(25 + 50 * random(), undefined, signal ? { signal } : {});
  return async (request: object) => {
    await travel();
    const { origin, headers, body, signal } = request as SentRequest;
    const answer = service.answer({ headers: { ...lowerCased(headers), host: new URL(origin).host }, body });
    const isAnswerLost = random() < lostAnswers;
    onExchange({
      action: headers["X-TC-Action"] ?? "",
      code: (answer.Error as { Code: string } | undefined)?.Code,
      instanceId: (JSON.parse(body) as { InstanceId?: string }).InstanceId,
      isAnswerLost,
    });
    try {
      await travel(signal);
      if (isAnswerLost && random() < 0.5) await sleep(3_600_000, undefined, { signal });
    } catch {
      throw signal.reason;
    }
    if (isAnswerLost) throw closedConnection();
    const date = new Date().toUTCString();
    const content = Buffer.from(JSON.stringify({ Response: answer }));
    return { statusCode: 200, headers: { date }, body: Readable.from([content]) } as unknown as Dispatcher.ResponseData;
  };
}

/** What the client tells undici of a request. */
interface SentRequest {
  readonly origin: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly signal: AbortSignal;
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const closedConnection = (): Error => Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" });
