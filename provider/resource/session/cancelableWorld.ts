import { CanceledError, wasNotSent } from "../../tencentcloud/errors/errors";
import type { Clock } from "../../tencentcloud/retry/clock";
import { createHttpTransport } from "../../tencentcloud/transport/http";
import { type World, realWorld } from "./world";

/** A session's world, and a function that cancels everything that waits in it. */
export interface CancelableWorld {
  readonly world: World;
  readonly cancel: () => void;
}

/**
 * Returns a world that can be canceled. After that, every deadline has passed, every sleep ends, and no request is
 * sent. A request in flight has a few seconds left: if no response arrives by then, its outcome is unknown, as after a
 * timeout.
 */
export function cancelableWorld(world: World = realWorld): CancelableWorld {
  const { clock, transport = createHttpTransport(world.environment), verifyPassword } = world;
  const cancellation = new Cancellation();
  const alarm: Clock["alarm"] = (delayMs, ring) => {
    const ringOnce = () => {
      stop();
      ring();
    };
    const stopTimer = clock.alarm(cancellation.isCanceled ? 0 : delayMs, ringOnce);
    const forget = cancellation.onCancel(ringOnce);
    const stop = () => {
      stopTimer();
      forget();
    };
    return stop;
  };
  const canceled: World = {
    ...world,
    clock: {
      elapsedMs: () => clock.elapsedMs(),
      epochMs: () => clock.epochMs(),
      sleep: (delayMs) => new Promise<void>((wake) => alarm(delayMs, wake)),
      alarm,
      isCanceled: () => cancellation.isCanceled,
    },
    transport: async (action, request) => {
      if (cancellation.isCanceled) throw new CanceledError(wasNotSent(action));
      const controller = new AbortController();
      let stopTimer = () => {};
      const forget = cancellation.onCancel(() => {
        stopTimer = clock.alarm(lastAnswerMs, () => controller.abort());
      });
      try {
        return await transport(action, { ...request, signal: controller.signal });
      } finally {
        forget();
        stopTimer();
      }
    },
    verifyPassword: (...args) =>
      new Promise((resolve, reject) => {
        const forget = cancellation.onCancel(() => resolve({ outcome: "unknown", reason: "the run was canceled" }));
        void verifyPassword(...args)
          .then(resolve, reject)
          .finally(forget);
      }),
  };
  return { world: canceled, cancel: () => cancellation.cancel() };
}

/** How long to wait for a response after a cancellation. */
const lastAnswerMs = 3_000;

/** Whether a run was canceled, and the callbacks for that moment. */
class Cancellation {
  isCanceled = false;
  private readonly callbacks = new Set<() => void>();

  /** Calls back when the run is canceled. The returned function removes the callback. */
  onCancel(callback: () => void): () => void {
    this.callbacks.add(callback);
    return () => void this.callbacks.delete(callback);
  }

  cancel(): void {
    this.isCanceled = true;
    const callbacks = [...this.callbacks];
    this.callbacks.clear();
    for (const callback of callbacks) callback();
  }
}
