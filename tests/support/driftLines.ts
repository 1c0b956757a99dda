/** The lines about a password that somebody else has set, and about a reset. */
export const wasReset = /^the password was reset \(task \d+\)$/;
export const isFoundChanged =
  /^somebody else or a killed run set the password at .*; the next pulumi up resets the password to the program's$/;
export const willBeSetRight = /^the password will be reset \(somebody else or a killed run set the password at .*\)$/;

const reasonOfDrift =
  /^somebody else or a killed run set the password at (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) \(service time\)$/;

/** Expects a recorded reason with a time in China's time zone between these. */
export function expectSetBySomebodyElse(reason: unknown, sinceMs: number, untilMs: number): void {
  expect(reason).toMatch(reasonOfDrift);
  const [, date, time] = reasonOfDrift.exec(String(reason)) ?? [];
  const toldMs = Date.parse(`${date}T${time}+08:00`);
  expect(toldMs).toBeGreaterThanOrEqual(Math.floor(sinceMs / 1000) * 1000);
  expect(toldMs).toBeLessThanOrEqual(untilMs);
}
