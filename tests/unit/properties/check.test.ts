import fc from "fast-check";

import { withoutNulls } from "../../../provider/resource/contract/inputs";
import { check } from "../support/handlers";
import { captureOutput } from "../support/output";
import { program, unknown } from "../support/resource";
import { anyText, anyValue, canary, objectWith, secretPassword } from "./support/arbitraries";
import { holds } from "./support/property";
import { expectReadable } from "./support/shown";

const output = captureOutput();

const verify = { host: "10.0.0.1", port: 6379, tls: true };
const valid = { ...program({ password: `${canary}-password-1` }), verify };
const fields = [...Object.keys(valid).filter((name) => name !== "__provider"), "profile", "onCreate", "__conflict"];

type News = Parameters<typeof check>[1];

/** The rules that check may report for a field. */
const rules =
  /: (must (be|have|not|hold|mix) .+|is not an input of RedisInstancePassword|is a fingerprint from a state, .+|the state holds a fingerprint of version v\d+, .+)$/;

/** Expects either problems that name a field and a rule without a value, or inputs without a password. */
function judge(olds: object, news: Record<string, unknown>): void {
  const begin = performance.now();
  const { inputs, failures = [] } = check(olds, news as News) as { inputs: object; failures?: Failure[] };
  // Megabytes take about 10 ms: this detects a pattern with exponential time, not a busy machine.
  expect(performance.now() - begin).toBeLessThan(60_000);
  if (failures.length === 0) {
    const { password } = inputs as { password: string };
    expect(password === unknown || /^fingerprint v1 [\w-]+$/.test(password)).toBe(true);
    const { __conflict, ...kept } = withoutNulls(news);
    expect(__conflict === undefined || __conflict === unknown).toBe(true);
    expect({ ...inputs, password: "" }).toStrictEqual({ ...kept, password: "" });
    return;
  }
  expect(inputs).toStrictEqual({});
  for (const { property, reason } of failures) {
    expect(property).toBe("");
    expectReadable(reason);
    expect(reason).toMatch(rules);
    expect(reason).not.toContain(canary);
  }
  expect(JSON.stringify(output())).not.toContain(canary);
}

interface Failure {
  readonly property: string;
  readonly reason: string;
}

const anyObject = objectWith(anyValue);
const anyOlds = fc.oneof(
  fc.constant({}),
  anyObject,
  fc.record({ password: fc.constantFrom("fingerprint v1 abc", "fingerprint v99 abc") }),
);

/** Fields that may be missing, and others that should be. */
const anyInputs = fc
  .tuple(fc.dictionary(fc.constantFrom(...fields), anyValue), anyObject)
  .map(([known, others]) => ({ ...others, ...known, __provider: "the provider" }));

it("any inputs lead to problems without a value, or to valid inputs", () =>
  holds("anyInputs", fc.tuple(anyOlds, anyInputs), ([olds, news]) => judge(olds, news)));

const parts = fc.oneof(
  fc.tuple(fc.constantFrom("host", "port", "tls", "password"), anyValue).map(([name, value]) => ({
    verify: { ...verify, [name]: value },
  })),
  objectWith(fc.oneof(anyValue, fc.constant("2026"))).map((triggers) => ({ triggers })),
  fc.tuple(fc.constantFrom(...fields), anyValue).map(([name, value]): object => ({ [name]: value })),
  anyObject,
);

it("one odd input among valid ones is reported, without its value", () =>
  holds("oneOddInput", fc.tuple(anyOlds, parts), ([olds, odd]) => judge(olds, { ...valid, ...odd })));

it("values that a preview does not know yet are valid, and leave no password", () =>
  holds("unknownValues", fc.subarray(fields), (names) => {
    const news = { ...valid, ...Object.fromEntries(names.map((name) => [name, unknown])) };
    expect(check({}, news as unknown as News).failures ?? []).toEqual([]);
    judge({}, news);
  }));

const huge = fc.tuple(anyText, fc.integer({ min: 100_000, max: 2_000_000 })).map(([text, length]) => {
  const unit = `${text}${canary}`;
  return unit.repeat(Math.ceil(length / unit.length));
});

it("megabytes are rejected immediately, in readable lines", () =>
  holds("hugeInputs", fc.tuple(fc.constantFrom(...fields), huge, secretPassword), ([name, text, password]) => {
    judge({}, { ...valid, password, [name]: text });
    judge({}, { ...valid, password, triggers: { [text.replaceAll(canary, "")]: 1 } });
    judge({}, { ...valid, password, [text.replaceAll(canary, "")]: 1 });
  }));
