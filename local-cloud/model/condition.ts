import { type Clock, realClock } from "../system/clock";

/** A fault of an instance. */
export type InstanceFault = { readonly subject: "instance" } & (
  { readonly kind: "locked"; readonly seconds: number } | { readonly kind: "isolated" | "deleted" | "gone" }
);

export type InstanceState = "normal" | InstanceFault["kind"];

/** The condition of an instance: normal until a fault changes it. */
export class Condition {
  private fault: InstanceFault | undefined;
  private lockedUntilMs = 0;
  private readonly lockedBy = new WeakSet<InstanceFault>();

  constructor(private readonly clock: Clock = realClock) {}

  get state(): InstanceState {
    const isOver = this.fault?.kind === "locked" && this.clock.elapsedMs() >= this.lockedUntilMs;
    return this.fault && !isOver ? this.fault.kind : "normal";
  }

  /** A fault locks an instance only once: a client that retries succeeds in the end. */
  set(fault: InstanceFault): void {
    if (fault.kind === "locked") {
      if (this.lockedBy.has(fault)) return;
      this.lockedBy.add(fault);
      this.lockedUntilMs = this.clock.elapsedMs() + fault.seconds * 1000;
    }
    this.fault = fault;
  }

  clear(): void {
    this.fault = undefined;
  }
}
