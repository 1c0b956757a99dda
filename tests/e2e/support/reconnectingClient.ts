import { setTimeout as pause } from "node:timers/promises";

import { authAccepted } from "../../../tools/redisAuth";

const pauseMs = 50;

/** A client of a Redis server on this machine that connects every 50 ms, and counts the results. */
export class ReconnectingClient {
  accepted = 0;
  refused = 0;
  private readonly end = new AbortController();
  private readonly running: Promise<void>;

  /** @param password mutable, for a change of the client's password */
  constructor(
    private readonly port: number,
    public password: string,
  ) {
    this.running = this.connectAnew();
  }

  private async connectAnew(): Promise<void> {
    while (!this.end.signal.aborted) {
      if (await authAccepted(this.port, this.password)) this.accepted++;
      else this.refused++;
      await pause(pauseMs);
    }
  }

  /** @throws Error if a connection has failed for another reason than its password */
  async stop(): Promise<void> {
    this.end.abort();
    await this.running;
  }
}
