import { TransportError } from "../../provider/tencentcloud/errors/errors";
import { deadlineIn, within } from "../../provider/tencentcloud/retry/deadline";
import type { HttpRequest, HttpResponse, Transport } from "../../provider/tencentcloud/transport/http";
import type { VirtualTime } from "../../tools/virtualTime";
import type { Service } from "./service";

/** The outcome of a request. */
export interface Exchange {
  readonly action: string;
  /** The error's code; undefined for a success. */
  readonly code: string | undefined;
  readonly instanceId: string | undefined;
  readonly isAnswerLost: boolean;
}

export interface NetworkOptions {
  readonly service: Service;
  readonly time: VirtualTime;
  /** From 0 up to 1. */
  readonly random: () => number;
  /** The share of responses that are lost. */
  readonly lostAnswers: number;
  readonly onExchange: (exchange: Exchange) => void;
}

/**
 * Returns a transport to the service. A request and its response take 50 to 150 ms together. Half of the lost responses
 * end with a closed connection, and half never arrive.
 */
export function createTransport({ service, time, random, lostAnswers, onExchange }: NetworkOptions): Transport {
  const clock = time.forProcess();
  const travel = () => time.sleep(25 + 50 * random());

  async function exchange(action: string, { url, headers = {}, body = "" }: HttpRequest): Promise<HttpResponse> {
    await travel();
    const answer = service.answer({ headers: { ...lowerCased(headers), host: url.host }, body });
    const isAnswerLost = random() < lostAnswers;
    onExchange({
      action,
      code: (answer.Error as { Code: string } | undefined)?.Code,
      instanceId: (JSON.parse(body) as { InstanceId?: string }).InstanceId,
      isAnswerLost,
    });
    await travel();
    if (isAnswerLost && random() < 0.5) await new Promise(() => undefined);
    if (isAnswerLost) throw new TransportError(action, "lost", "other side closed");
    // The value of the `Date` header, in whole seconds.
    const serviceTimeMs = Math.floor(time.epochMs / 1000) * 1000;
    return { status: 200, serviceTimeMs, body: JSON.stringify({ Response: answer }) };
  }

  return (action, request) => {
    const late = () => new TransportError(action, "lost", "no answer in time");
    return within(deadlineIn(request.timeoutMs / 1000, clock), exchange(action, request), late);
  };
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
