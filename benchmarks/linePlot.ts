/** What is drawn: lines over the same two axes, both of which begin at 0. */
export interface LinePlot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

export interface Line {
  readonly name: string;
  /** Two of the same kind look the same: ours, what it is compared with, and what cannot be reached. */
  readonly kind: "ours" | "bare" | "bound";
  readonly points: readonly Point[];
  /** Drawn faintly, where the points are the medians of these. */
  readonly runs?: readonly Point[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const size = { width: 720, height: 400 };
const area = { left: 64, right: 690, top: 84, bottom: 346 };

/** A plot as SVG, to be read on a light or a dark page: it brings its own background. */
export function drawLinePlot({ title, x, y, lines }: LinePlot): string {
  const points = lines.flatMap(({ points, runs = [] }) => [...points, ...runs]);
  const ticks = { x: ticksFor(points.map((point) => point.x)), y: ticksFor(points.map((point) => point.y)) };
  const toX = scaleTo(ticks.x, area.left, area.right);
  const toY = scaleTo(ticks.y, area.bottom, area.top);
  const place = (point: Point): Point => ({ x: toX(point.x), y: toY(point.y) });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    `<title>${title}</title>`,
    `<style>${style}</style>`,
    `<rect class="page" width="${size.width}" height="${size.height}"/>`,
    text(title, { x: area.left, y: 28 }, "title"),
    ...ticks.x.flatMap((tick) => [
      `<path class="grid" d="M${toX(tick)} ${area.top}V${area.bottom}"/>`,
      text(format(tick), { x: toX(tick), y: area.bottom + 20 }, "middle"),
    ]),
    ...ticks.y.flatMap((tick) => [
      `<path class="grid" d="M${area.left} ${toY(tick)}H${area.right}"/>`,
      text(format(tick), { x: area.left - 8, y: toY(tick) + 4 }, "end"),
    ]),
    text(x, { x: (area.left + area.right) / 2, y: area.bottom + 42 }, "middle"),
    text(y, { x: 8, y: area.top - 12 }),
    ...lines.map((line) => drawLine(line, place)),
    ...legend(lines),
    "</svg>\n",
  ].join("\n");
}

const style = [
  ".page{fill:#fff}",
  "text{font:13px system-ui,sans-serif;fill:#1f2328}",
  ".title{font-size:16px;font-weight:600}",
  ".middle{text-anchor:middle}",
  ".end{text-anchor:end}",
  ".grid{stroke:#8884}",
  "path{fill:none;stroke-width:2}",
  ".grid{stroke-width:1}",
  ".ours{stroke:#2f81f7;fill:#2f81f7}",
  ".bare{stroke:#e0701b;fill:#e0701b}",
  ".bound{stroke:#7d8590;fill:#7d8590}",
  "path.ours,path.bare,path.bound{fill:none}",
  "path.bound{stroke-dasharray:6 4}",
  ".run{opacity:.35}",
  "@media(prefers-color-scheme:dark){.page{fill:#0d1117}text{fill:#e6edf3}}",
].join("");

function drawLine({ kind, points, runs = [] }: Line, place: (point: Point) => Point): string {
  const path = points.map(place).map((point) => `${point.x} ${point.y}`);
  const circle = (radius: number, className: string) => (point: Point) =>
    `<circle class="${className}" cx="${place(point).x}" cy="${place(point).y}" r="${radius}"/>`;
  return [
    `<path class="${kind}" d="M${path.join("L")}"/>`,
    ...(kind === "bound" ? [] : points.map(circle(4, kind))),
    ...runs.map(circle(2, `${kind} run`)),
  ].join("\n");
}

/** In one row above the plot. */
function legend(lines: readonly Line[]): string[] {
  const width = (area.right - area.left) / lines.length;
  return lines.flatMap(({ name, kind }, index) => {
    const x = area.left + index * width;
    return [`<path class="${kind}" d="M${x} 48h24"/>`, text(name, { x: x + 32, y: 52 })];
  });
}

function text(content: string, { x, y }: Point, className?: string): string {
  return `<text${className === undefined ? "" : ` class="${className}"`} x="${x}" y="${y}">${content}</text>`;
}

/** From 0 to the first one that is not below any value, in steps of 1, 2 or 5 times a power of ten: 4 to 9 of them. */
export function ticksFor(values: readonly number[]): number[] {
  const greatest = Math.max(...values, 0) || 1;
  const power = 10 ** Math.floor(Math.log10(greatest / 4));
  const step = power * ([5, 2].find((factor) => factor * power <= greatest / 4) ?? 1);
  return Array.from({ length: Math.ceil(greatest / step) + 1 }, (_, index) => round(index * step));
}

function scaleTo(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const greatest = ticks.at(-1) ?? 1;
  return (value) => round(from + (value / greatest) * (to - from));
}

/** Without the tails of binary fractions. */
const round = (value: number): number => Number(value.toFixed(2));

const format = (value: number): string => value.toLocaleString("en-US");
