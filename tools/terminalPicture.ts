/** What a terminal shows, as an SVG: text with the colours that a program has asked for. */
export function terminalPicture(title: string, text: string): string {
  const lines = text.trimEnd().split("\n").map(spansOf);
  const columns = Math.max(...lines.map((spans) => spans.reduce((length, span) => length + span.text.length, 0)));
  const [width, height] = [columns * columnWidth + 2 * margin, lines.length * lineHeight + 2 * margin];
  const rows = lines.map((spans, index) => row(spans, margin + (index + 0.75) * lineHeight));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" rx="8" fill="#1b1f24"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#d0d7de" xml:space="preserve">
${rows.filter(Boolean).join("\n")}
</g>
</svg>
`;
}

/** The text of a picture, without its colours. */
export const textOfPicture = (svg: string): string[] =>
  [...svg.matchAll(/<text .*?>(.*)<\/text>/g)].map(([, line = ""]) => line.replaceAll(/<.*?>/g, ""));

const columnWidth = 7.83;
const lineHeight = 18;
const margin = 16;

interface Span {
  readonly text: string;
  readonly style: string;
}

function row(spans: readonly Span[], y: number): string {
  if (spans.length === 0) return "";
  const parts = spans.map(({ text, style }) => (style ? `<tspan ${style}>${escaped(text)}</tspan>` : escaped(text)));
  return `<text x="${margin}" y="${y}">${parts.join("")}</text>`;
}

/** A line's parts, each in one style: those that follow an escape sequence for colours have it. */
function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let style = "";
  // eslint-disable-next-line no-control-regex
  for (const [, codes, text] of line.matchAll(/\u001b\[([\d;]*)m|([^\u001b]+)/g)) {
    if (text !== undefined) spans.push({ text, style });
    else style = styleOf(codes ?? "");
  }
  return spans;
}

const styleOf = (codes: string): string => styles[codes] ?? "";

/** As Pulumi uses them. */
const styles: Readonly<Record<string, string>> = {
  "1": 'font-weight="bold"',
  "38;5;1": 'fill="#ff7b72"',
  "38;5;2": 'fill="#7ee787"',
  "38;5;3": 'fill="#e3b341"',
  "38;5;5": 'fill="#d2a8ff"',
  "38;5;13": 'fill="#d2a8ff"',
  "38;5;8": 'fill="#8b949e"',
};

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
