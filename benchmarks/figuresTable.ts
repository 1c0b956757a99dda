import type { Figure } from "./results";

/** The figures against their goals, as a Markdown table. */
export const figuresTable = (figures: readonly Figure[]): string =>
  [
    "| work | goal | reached | |",
    "| - | - | - | - |",
    ...figures.map(({ work, unit, goal, reached }) => {
      const cells = [
        work,
        goal === undefined ? "" : `at most ${goal}`,
        `${decimal(reached)} ${unit}`,
        verdict(goal, reached),
      ];
      return `| ${cells.join(" | ")} |`;
    }),
  ].join("\n");

const verdict = (goal: number | undefined, reached: number): string =>
  goal === undefined ? "" : reached <= goal ? "reached" : "**missed**";

/** To three digits. */
const decimal = (value: number): string => String(Number(value.toPrecision(3)));
