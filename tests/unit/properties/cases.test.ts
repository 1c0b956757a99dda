import { cases } from "./support/cases";

it("all properties together have 10,000 cases or more", () => {
  expect(Object.values(cases).reduce<number>((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(10_000);
});
