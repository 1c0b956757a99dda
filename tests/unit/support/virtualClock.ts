import type { Clock } from "../../../provider/tencentcloud/rateLimit";

/** A clock on which only sleeping takes time, and who sleeps shortest wakes first. */
export class VirtualClock implements Clock {
  private nowMs = 0;
  private sleepers: { readonly wakesAt: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.nowMs;
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ wakesAt: this.nowMs + delayMs, wake });
      this.sleepers.sort((a, b) => a.wakesAt - b.wakesAt);
    });
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
