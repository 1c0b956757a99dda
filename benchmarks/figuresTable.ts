import type { Figure } from "./results";

/** The figures against their goals, as a Markdown table with aligned columns. */
export function figuresTable(figures: readonly Figure[]): string {
  const rows = [["work", "goal", "reached", ""], ...figures.map(cellsOf)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [lineOf(head), lineOf(widths.map((width) => "-".repeat(width))), ...body.map(lineOf)].join("\n");
}

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
