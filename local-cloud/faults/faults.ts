import type { Fault } from "./fault";
import { parseFault } from "./parseFault";

/** The pending faults, each with the number of requests that it still applies to. */
export class Faults {
  private left: { readonly action: string; readonly fault: Fault; count: number }[] = [];

  /** @throws Error if one of them is invalid */
  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.add(text);
  }

  /** @throws Error with one line if it is invalid */
  add(text: string): void {
    this.left.push({ ...parseFault(text) });
  }

  /**
   * Takes the first fault of an action if it applies at this point. Faults of the gateway apply before the request is
   * checked, all others after it is admitted.
   */
  take(action: string | null, point: "on arrival" | "when admitted"): Fault | undefined {
    const first = this.left.find((order) => order.action === action && order.count > 0);
    if (!first || isGatewayFault(first.fault) !== (point === "on arrival")) return undefined;
    first.count--;
    return first.fault;
  }

  clear(): void {
    this.left = [];
  }
}

/** Whether the fault is of a gateway between client and service, which does not check signatures. */
const isGatewayFault = ({ kind }: Fault): boolean => kind === "refuse" || kind === "http";
