/** So many characters of a secret give it away. A shorter text has no spelling of its bytes that tells anything. */
export const fragmentLength = 8;

/**
 * Returns a text as it is, and as JSON (Go's, Java's and PHP's among it), a quoted text, a URL or HTML would write it, or
 * its bytes: each spelling once. None is shorter than the text.
 */
export function spell(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const hex = (character: string) => character.charCodeAt(0).toString(16);
  const unicode = (character: string) => `\\u${hex(character).padStart(4, "0")}`;
  const unicodeCapital = (character: string) => `\\u${hex(character).toUpperCase().padStart(4, "0")}`;
  // A lone surrogate cannot be encoded.
  const url = encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
  const wholeUrl = url.replace(/[!'()*]/g, (character) => `%${hex(character).toUpperCase()}`);
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const spellings = [
    text,
    json,
    JSON.stringify(json).slice(1, -1),
    json.replaceAll("/", "\\/"),
    json.replace(/[<>&]/g, unicode),
    json.replace(/[<>&=']/g, unicode),
    json.replace(/[<>&']/g, unicodeCapital),
    text.replaceAll("\\", "\\\\").replaceAll("'", "\\'"),
    text.replaceAll("'", "''"),
    ...[url, wholeUrl].flatMap((encoded) => [encoded, encoded.replace(/%../g, (code) => code.toLowerCase())]),
    html,
    ...["&#39;", "&#039;", "&#x27;", "&apos;"].map((quote) => html.replaceAll('"', "&quot;").replaceAll("'", quote)),
    text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
    text.replace(/[&<>"']/g, (character) => `&#x${hex(character)};`),
    ...(text.length < fragmentLength ? [] : spellBytes(Buffer.from(text))),
  ];
  return [...new Set(spellings)];
}

/** Returns how base64 writes a text, whatever stands before it. */
export const encodeBase64 = (text: string): string[] => spellBase64(Buffer.from(text));

function spellBytes(bytes: Buffer): string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase(), ...spellBase64(bytes)];
}

function spellBase64(bytes: Buffer): string[] {
  // Base64 depends on how many bytes come before; without the characters that the neighbors have a part in.
  const inside = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const alone = bytes.toString("base64");
  const base64 = [alone, alone.replaceAll("=", ""), ...inside];
  return [...base64, ...base64.map((encoded) => encoded.replaceAll("+", "-").replaceAll("/", "_"))];
}
