import type { FleetResult } from "./fleet";

/** The figures of a simulation. */
export interface FleetFigures {
  /** The time until the last process had finished. */
  readonly totalSeconds: number;
  /** See {@link boundSeconds}. */
  readonly boundSeconds: number;
  readonly ratioToBound: number;
  readonly medianProcessSeconds: number;
  readonly ratioOfSlowestProcess: number;
  /**
   * The `timeoutSeconds` that every instance would need to finish in one `up`, apart from those with lost responses.
   */
  readonly slowestInstanceSeconds: number;
  readonly resetsWithoutNeed: number;
  readonly starvedInstances: number;
  /** Instances that needed more than one `up`. */
  readonly instancesWithSecondUp: number;
  /** By action, including refused requests. */
  readonly requestsPerInstance: Readonly<Record<string, number>>;
  /** By action: requests above the quota. */
  readonly refusedPerInstance: Readonly<Record<string, number>>;
}

export function computeFigures(result: FleetResult, instances: number): FleetFigures {
  const sorted = [...result.processSeconds].sort((a, b) => a - b);
  const totalSeconds = sorted.at(-1) ?? 0;
  const medianProcessSeconds = middle(sorted);
  const bound = boundSeconds(result);
  const perInstance = (exchanges: FleetResult["exchanges"]) =>
    Object.fromEntries(
      [...countEach(exchanges.map(({ action }) => action))]
        .sort()
        .map(([action, count]) => [action, rounded(count / instances)]),
    );
  return {
    totalSeconds: rounded(totalSeconds),
    boundSeconds: rounded(bound),
    ratioToBound: rounded(totalSeconds / bound),
    medianProcessSeconds: rounded(medianProcessSeconds),
    ratioOfSlowestProcess: rounded(totalSeconds / medianProcessSeconds),
    slowestInstanceSeconds: rounded(result.slowestInstanceSeconds),
    resetsWithoutNeed: resetsWithoutNeed(result),
    starvedInstances: result.starved.length,
    instancesWithSecondUp: result.secondUps.length,
    requestsPerInstance: perInstance(result.exchanges),
    refusedPerInstance: perInstance(result.exchanges.filter(({ code }) => code === refusal)),
  };
}

const refusal = "RequestLimitExceeded";
const resetsPerSecond = 20;

/**
 * Returns how long the quota and the tasks alone would take: with the same resets in the same order, each accepted in
 * the first second with quota left, and the end of each task noticed immediately.
 */
export const boundSeconds = ({ resets }: FleetResult): number =>
  Math.max(...resets.map(({ taskSeconds }, index) => Math.floor(index / resetsPerSecond) + taskSeconds));

/**
 * Counts unnecessary resets. A reset after a lost response is necessary, since it is unknown whether the first one was
 * carried out.
 */
export function resetsWithoutNeed({ resets, exchanges }: FleetResult): number {
  const done = countEach(resets.map(({ instanceId }) => instanceId));
  const lost = countEach(
    exchanges
      .filter(({ action, isAnswerLost }) => action === "ResetPassword" && isAnswerLost)
      .map(({ instanceId }) => instanceId),
  );
  return sum([...done].map(([instanceId, count]) => Math.max(0, count - 1 - (lost.get(instanceId) ?? 0))));
}

function countEach<Key>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const middle = (sorted: readonly number[]): number =>
  ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
