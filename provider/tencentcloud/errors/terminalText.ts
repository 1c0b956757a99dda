/**
 * Returns a text as one line for a terminal, without control characters, format characters and lone surrogates. If the
 * text has more than 1,000 characters, the middle is left out: codes and request ids come at the end.
 */
export function oneLine(text: string): string {
  const line = withoutControls(text).trim();
  if (line.length <= longestLine) return line;
  // If the cut splits a surrogate pair, neither half is kept; no other lone surrogates are left.
  const [start, end] = [line.slice(0, longestLine - endLength), line.slice(-endLength)];
  return `${start.replace(/\p{Cs}/u, "")} … ${end.replace(/\p{Cs}/u, "")}`;
}

const longestLine = 1000;
const endLength = 200;

/** Invisible characters can hide text or reverse its order. A space replaces them, to keep words apart. */
export const withoutControls = (text: string): string =>
  text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]+/gu, " ");
