import { cancelableWorld } from "../../../../provider/resource/session/cancelableWorld";
import { realWorld } from "../../../../provider/resource/session/world";
import { RateLimiter } from "../../../../provider/tencentcloud/client/rateLimiter";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import type { Transport } from "../../../../provider/tencentcloud/transport/http";
import { VirtualTime } from "../../../../tools/virtualTime";
import { catchError } from "../../support/failure";

const request = { url: new URL("https://redis.example"), timeoutMs: 30_000 };
const answer = { status: 200, serviceTimeMs: undefined, body: "" };

function setUp(transport: Transport = () => Promise.resolve(answer)) {
  const time = new VirtualTime();
  const verifyPassword = () => new Promise<never>(() => undefined);
  const { world, cancel } = cancelableWorld({ ...realWorld, clock: time.forProcess(), transport, verifyPassword });
  const send = () => world.transport?.("ResetPassword", request) ?? Promise.reject(new Error("no transport"));
  return { time, world, clock: world.clock, cancel, send };
}

test("before a cancellation, time passes as usual", async () => {
  const { time, clock } = setUp();
  const rung: string[] = [];
  clock.alarm(5, () => rung.push("stopped"))();
  clock.alarm(10, () => rung.push("rung"));
  await time.until(clock.sleep(20));
  expect(rung).toEqual(["rung"]);
  expect(time.elapsedMs).toBe(20);
  expect(clock.isCanceled?.()).toBe(false);
});

test("a cancellation ends all sleeps, rings all alarms once, and leaves no time", async () => {
  const { time, clock, cancel } = setUp();
  const rings = jest.fn();
  clock.alarm(10, rings);
  const stopped = clock.alarm(10, () => expect("a stopped alarm").toBe("silent"));
  stopped();
  const deadline = deadlineIn(600, clock);
  const sleeping = clock.sleep(500);
  cancel();
  await sleeping;
  await time.until(clock.sleep(1_000));
  expect(rings).toHaveBeenCalledTimes(1);
  expect(time.elapsedMs).toBe(0);
  expect(deadline.remainingMs()).toBe(0);
});

test("a wait for the rate limit gets no slot", async () => {
  const { clock, cancel } = setUp();
  const limiter = new RateLimiter(1, clock);
  const deadline = deadlineIn(600, clock);
  limiter.ended((await limiter.take()) ?? NaN);
  const waiting = limiter.take(deadline.remainingMs);
  const next = limiter.take(deadline.remainingMs);
  await Promise.resolve();
  cancel();
  // Its request is refused immediately.
  limiter.ended((await waiting) ?? NaN);
  expect(await next).toBeUndefined();
});

test("nothing is sent after a cancellation", async () => {
  const transport = jest.fn(() => Promise.resolve(answer));
  const { send, cancel } = setUp(transport);
  expect(await send()).toEqual(answer);
  cancel();
  await expect(send()).rejects.toMatchObject({
    name: "CanceledError",
    message: "ResetPassword was not sent: the run was canceled",
  });
  expect(transport).toHaveBeenCalledTimes(1);
});

test("a request in flight is aborted 3 s after the cancellation", async () => {
  const { time, send, cancel } = setUp(
    (_, { signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted")))),
  );
  const failed = catchError(send);
  cancel();
  expect(await time.until(failed)).toMatchObject({ message: "aborted" });
  expect(time.elapsedMs).toBe(3_000);
});

test("a request whose response arrives in time after the cancellation succeeds", async () => {
  let resolve: (response: typeof answer) => void = () => undefined;
  const { send, cancel } = setUp(() => new Promise((answered) => (resolve = answered)));
  const sent = send();
  cancel();
  resolve(answer);
  expect(await sent).toEqual(answer);
});

test("a password that is being tried has an unknown result", async () => {
  const { world, cancel } = setUp();
  const trial = world.verifyPassword(...([] as unknown as Parameters<typeof world.verifyPassword>));
  cancel();
  expect(await trial).toEqual({ outcome: "unknown", reason: "the run was canceled" });
});
