/** Matches a text, and its bytes as a printed or serialized Buffer shows them. */
export function asAnyBytes(text: string): RegExp {
  const bytes = Buffer.from(text);
  const hex = bytes.toString("hex").match(/../g) ?? [];
  return new RegExp([text, hex.join(" "), bytes.join(",\\s*")].join("|"));
}
