import path from "node:path";

import type { Fixture } from "./fixture";

/** In milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The time of the cloud, of processes of the CLI, and of the clients in this process. Tests advance it. */
export class MovedClock {
  private aheadMs = 0;

  constructor() {
    // The clients that sign requests in this process use `Date.now`.
    jest.spyOn(Date, "now").mockImplementation(() => this.now().getTime());
  }

  /** The clock for the cloud. */
  readonly now = (): Date => new Date(performance.timeOrigin + performance.now() + this.aheadMs);

  moveOn(ms: number): void {
    this.aheadMs += ms;
  }

  /** Returns the environment that gives the CLI's processes this time, plus an offset. */
  environment(fixture: Fixture, offMs = 0): NodeJS.ProcessEnv {
    fixture.write("movedClock.js", moved);
    return {
      NODE_OPTIONS: `--require ${path.join(fixture.folder, "movedClock.js")}`,
      CLOCK_AHEAD_MS: String(this.aheadMs + offMs),
    };
  }
}

const moved = `
  const RealDate = Date;
  const now = () => RealDate.now() + Number(process.env.CLOCK_AHEAD_MS);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, type) => Reflect.construct(target, args.length > 0 ? args : [now()], type),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
`;
