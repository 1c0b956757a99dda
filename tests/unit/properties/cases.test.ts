import { cases } from "./support/cases";

it("there are 10,000 cases or more over all properties", () => {
  expect(Object.values(cases).reduce<number>((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(10_000);
});
