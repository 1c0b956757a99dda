import path from "node:path";

import type { Fixture } from "./fixture";

/** In milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The time of the cloud, of what the CLI starts, and of the clients in this process: a test moves it on. */
export class MovedClock {
  private aheadMs = 0;

  constructor() {
    // What signs requests in this process asks there.
    jest.spyOn(Date, "now").mockImplementation(() => this.now().getTime());
  }

  /** For the cloud. */
  readonly now = (): Date => new Date(performance.timeOrigin + performance.now() + this.aheadMs);

  moveOn(ms: number): void {
    this.aheadMs += ms;
  }

  /** For a run of the CLI: what it starts has this time too, or is off by so much. */
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
