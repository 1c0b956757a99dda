import { type Fault, parseFault } from "./parseFault";

/** The faults that are to come, and for how many requests each is still good. */
export class Faults {
  private left: { readonly action: string; readonly fault: Fault; count: number }[] = [];

  /** @throws Error when one of them is wrong */
  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.add(text);
  }

  /** @throws Error with one line when it is wrong */
  add(text: string): void {
    this.left.push({ ...parseFault(text) });
  }

  /**
   * Takes the fault of a request, the first that is there for its action, if it is one for this point: the gateway's
   * come before anything of a request is looked at, all others once it is to be carried out.
   */
  take(action: string | null, point: "on arrival" | "when admitted"): Fault | undefined {
    const first = this.left.find((order) => order.action === action && order.count > 0);
    if (!first || isOfGateway(first.fault) !== (point === "on arrival")) return undefined;
    first.count--;
    return first.fault;
  }

  clear(): void {
    this.left = [];
  }
}

/** Whether it is something between client and service that fails, which knows nothing of signatures. */
const isOfGateway = ({ kind }: Fault): boolean => kind === "refuse" || kind === "http";
