import type { Clock } from "../../../provider/tencentcloud/retry/clock";

/** A clock on which only sleeping takes time; the shortest sleep ends first. */
export class VirtualClock implements Clock {
  private nowMs = 0;
  private sleepers: { readonly wakesAt: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  epochMs(): number {
    return this.nowMs;
  }

  readonly sleep = (delayMs: number): Promise<void> =>
    new Promise((wake) => {
      this.alarm(delayMs, wake);
    });

  alarm(delayMs: number, ring: () => void): () => void {
    const sleeper = { wakesAt: this.nowMs + delayMs, wake: ring };
    this.sleepers.push(sleeper);
    this.sleepers.sort((a, b) => a.wakesAt - b.wakesAt);
    return () => (this.sleepers = this.sleepers.filter((other) => other !== sleeper));
  }

  /** Goes on until nobody sleeps any more. */
  async run(): Promise<void> {
    for (;;) {
      // Lets all run on who are awake.
      await new Promise(setImmediate);
      const next = this.sleepers.shift();
      if (!next) return;
      this.nowMs = next.wakesAt;
      next.wake();
    }
  }
}
