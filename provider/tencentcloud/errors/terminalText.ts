/**
 * Returns a text for a terminal: one line without control and format characters and lone surrogates. Of a text longer than
 * 1,000 characters the middle is left out: a code and a request id stand at the end.
 */
export function oneLine(text: string): string {
  const line = withoutControls(text).trim();
  if (line.length <= longestLine) return line;
  // Where a character is cut in two, neither half is kept: there are no others.
  const [start, end] = [line.slice(0, longestLine - endLength), line.slice(-endLength)];
  return `${start.replace(/\p{Cs}/u, "")} … ${end.replace(/\p{Cs}/u, "")}`;
}

const longestLine = 1000;
const endLength = 200;

/** Invisible characters hide text, or reverse its order. A space keeps apart what they did. */
export const withoutControls = (text: string): string =>
  text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]+/gu, " ");
