import type { Fixture } from "./fixture";

/** Returns the outputs of the resource in the state, if it is there. No password may be there, nor in what was printed. */
export async function recordedOutputs(fixture: Fixture): Promise<Record<string, unknown> | undefined> {
  const { deployment } = await fixture.state();
  expect(fixture.output + JSON.stringify(deployment)).not.toContain("-Passw0rd");
  return deployment.resources?.find(({ type }) => type.endsWith(":RedisInstancePassword"))?.outputs;
}
