/** For a terminal: without line breaks, control and format characters and lone surrogates, no longer than one reads. */
export function oneLine(text: string): string {
  const line = withoutControls(text).trim();
  // Not in the middle of a character.
  return line.length > longestLine ? `${line.slice(0, longestLine).replace(/\p{Cs}$/u, "")} …` : line;
}

const longestLine = 1000;

/** Invisible characters hide text, or reverse its order. A space keeps apart what they did. */
export const withoutControls = (text: string): string =>
  text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]+/gu, " ");
