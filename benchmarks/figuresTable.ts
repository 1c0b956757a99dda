import { markdownTable } from "./markdownTable";
import type { Figure } from "./results";

/** The figures against their goals. */
export const figuresTable = (figures: readonly Figure[]): string =>
  markdownTable(["work", "goal", "reached", ""], figures.map(cellsOf));

const cellsOf = ({ work, unit, goal, reached }: Figure): string[] => [
  work,
  goal === undefined ? "" : `at most ${goal}`,
  `${decimal(reached)} ${unit}`,
  verdict(goal, reached),
];

const verdict = (goal: number | undefined, reached: number): string =>
  goal === undefined ? "" : reached <= goal ? "reached" : "**missed**";

/** To three digits. */
const decimal = (value: number): string => String(Number(value.toPrecision(3)));
