import { drawLinePlot, ticksFor } from "../../../benchmarks/linePlot";

it.each([
  [
    [1, 1000],
    [0, 200, 400, 600, 800, 1000],
  ],
  [
    [4.2, 17.9],
    [0, 2, 4, 6, 8, 10, 12, 14, 16, 18],
  ],
  [[0.3], [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]],
  [[0], [0, 0.2, 0.4, 0.6, 0.8, 1]],
])("the ticks for %j", (values, ticks) => {
  expect(ticksFor(values)).toEqual(ticks);
});

describe("a plot", () => {
  const svg = drawLinePlot({
    title: "Preview",
    x: "resources",
    y: "seconds",
    lines: [
      { name: "ours", kind: "ours", points: [{ x: 0, y: 0 }, { x: 100, y: 10 }], runs: [{ x: 50, y: 5 }] }, // prettier-ignore
      { name: "bound", kind: "bound", points: [{ x: 100, y: 5 }] },
    ],
  });

  it("has its texts", () => {
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, content]) => content);
    expect(texts).toEqual(
      expect.arrayContaining(["Preview", "resources", "seconds", "ours", "bound", "0", "100", "10"]),
    );
  });

  it("has each point in its place: greater to the right, and above", () => {
    expect(svg).toContain('<path class="ours" d="M64 346L690 84"/>');
    expect(svg).toContain('<circle class="ours run" cx="377" cy="215" r="2"/>');
    expect(svg).toContain('<path class="bound" d="M690 215"/>');
  });
});
