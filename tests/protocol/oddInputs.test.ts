import fc from "fast-check";

import { canary, jsonValue, objectWith, oddName, secretText } from "../unit/properties/support/arbitraries";
import { holds } from "../unit/properties/support/property";
import { DynamicProvider } from "./support/dynamicProvider";
import { secret } from "./support/struct";
import { unknownValue } from "./support/unknownValue";

let provider: DynamicProvider;
beforeAll(async () => (provider = await DynamicProvider.start()));
afterAll(() => DynamicProvider.stopAll());

const args = { instanceId: "crs-5a4py64p", region: "ap-guangzhou", password: `${canary}-password-1` };

const odd = fc.oneof(
  fc
    .tuple(fc.constantFrom(...Object.keys(args), "triggers", "verify", "__conflict"), jsonValue)
    .map(([name, value]) => ({ [name]: value })),
  objectWith(fc.oneof(jsonValue, fc.constant("1"))).map((triggers) => ({ triggers })),
  fc.tuple(oddName, jsonValue).map(([name, value]) => Object.fromEntries([[name, value]]) as object),
  secretText.map((text) => ({ password: text })),
);

it("for any input over gRPC, the process responds with reasons or inputs, keeps running, and reveals no secret", async () => {
  await holds("wiredInputs", odd, async (changes) => {
    const { inputs, failures } = await provider.check({}, { ...args, ...changes });
    if (failures.length > 0) expect(Object.keys(inputs)).toEqual(["__provider"]);
    else
      expect([unknownValue, secret(expect.stringMatching(/^fingerprint v1 [\w-]{43}$/))]).toContainEqual(
        inputs.password,
      );
    expect(JSON.stringify([inputs.password, failures])).not.toContain(canary);
    for (const { property, reason } of failures) {
      expect(property).toBe("");
      expect(reason).toMatch(/^[^\n]*: [^\n]+$/);
    }
  });
  expect(JSON.stringify(await provider.takeOutput())).not.toContain(canary);
});
