import { readFileSync } from "node:fs";
import path from "node:path";

import { type FleetOptions, type FleetResult, simulateFleet } from "../../benchmarks/simulate/fleet";
import { boundSeconds, computeFigures, resetsWithoutNeed } from "../../benchmarks/simulate/measure";
import { type SimulationResults, missedGoals } from "../../benchmarks/simulate/report";

describe("a small fleet with many lost responses", () => {
  const options: FleetOptions = {
    seed: 1,
    instances: 80,
    processes: 4,
    parallel: 20,
    timeoutSeconds: 600,
    lostAnswers: 0.1,
  };
  let result: FleetResult;
  beforeAll(async () => {
    result = await simulateFleet(options);
  });

  it("finishes without an unnecessary reset", () => {
    expect(result.starved).toEqual([]);
    expect(resetsWithoutNeed(result)).toBe(0);
    expect(new Set(result.resets.map(({ instanceId }) => instanceId)).size).toBe(80);
  });

  it("has lost responses, and sends those resets again", () => {
    expect(result.exchanges.filter(({ isAnswerLost }) => isAnswerLost).length).toBeGreaterThan(10);
    expect(result.resets.length).toBeGreaterThan(80);
  });

  it("is never faster than the quota and the tasks allow", () => {
    expect(computeFigures(result, options.instances).ratioToBound).toBeGreaterThanOrEqual(1);
  });

  it("has the same result each time", async () => {
    expect(await simulateFleet(options)).toEqual(result);
  });

  it("has another result with another seed", async () => {
    expect((await simulateFleet({ ...options, seed: 2 })).resets).not.toEqual(result.resets);
  });
});

describe("the figures", () => {
  const reset = (instanceId: string, taskSeconds = 5) => ({ instanceId, taskSeconds, acceptedAtSeconds: 0 });
  const lost = (instanceId: string, action = "ResetPassword") => ({
    action,
    instanceId,
    code: undefined,
    isAnswerLost: true,
  });
  const result = (changes: Partial<FleetResult>): FleetResult => ({
    processSeconds: [10],
    slowestInstanceSeconds: 10,
    secondUps: [],
    starved: [],
    resets: [],
    exchanges: [],
    ...changes,
  });

  it.each([
    ["one reset", [reset("a")], [], 0],
    ["two resets, of which one's answer was lost", [reset("a"), reset("a")], [lost("a")], 0],
    ["two resets and no lost answer", [reset("a"), reset("a")], [], 1],
    ["two resets, and another instance's answer lost", [reset("a"), reset("a"), reset("b")], [lost("b")], 1],
    ["two resets, and the answer to a question lost", [reset("a"), reset("a")], [lost("a", "DescribeTaskList")], 1],
    ["three resets and one lost answer", [reset("a"), reset("a"), reset("a")], [lost("a")], 1],
  ])("count unnecessary resets: %s", (_, resets, exchanges, expected) => {
    expect(resetsWithoutNeed(result({ resets, exchanges }))).toBe(expected);
  });

  it("include the lower bound of quota and tasks: 20 resets a second, and the end of the last task", () => {
    const resets = Array.from({ length: 41 }, (_, index) => reset(`crs-${index}`, index === 19 ? 60 : 5));
    expect(boundSeconds(result({ resets }))).toBe(60);
    expect(boundSeconds(result({ resets: resets.slice(20) }))).toBe(6);
    expect(boundSeconds(result({ resets: [...resets].reverse() }))).toBe(61);
  });

  it("show which goals are missed", () => {
    const slow = result({ processSeconds: [10, 10, 100], resets: [reset("a"), reset("a")], starved: ["b"] });
    expect(missedGoals(computeFigures(slow, 2))).toEqual([
      "total time, times the lower bound",
      "slowest process, times the median",
      "unnecessary resets",
      "instances never done",
    ]);
  });
});

describe("the committed results", () => {
  const read = (file: string) => readFileSync(path.join(__dirname, "..", "..", file), "utf8");
  const results = JSON.parse(read("benchmarks/results/simulate.json")) as SimulationResults;

  it("cover 1, 10 and 50 processes, and miss no goal", () => {
    expect(Object.keys(results.figures)).toEqual(["1", "10", "50"]);
    expect(Object.values(results.figures).flatMap(missedGoals)).toEqual([]);
  });
});
