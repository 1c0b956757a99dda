import type { Fixture } from "./fixture";

/** Returns the outputs of the resource in the state, if it exists. Expects no password in the state or the output. */
export async function recordedOutputs(fixture: Fixture): Promise<Record<string, unknown> | undefined> {
  const { deployment } = await fixture.state();
  expect(fixture.output + JSON.stringify(deployment)).not.toContain("-Passw0rd");
  return deployment.resources?.find(({ type }) => type.endsWith(":RedisInstancePassword"))?.outputs;
}
