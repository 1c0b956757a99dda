/**
 * The number of characters of a secret that give it away. For a shorter text, no encoding of its bytes is searched for.
 */
export const fragmentLength = 8;

/**
 * Returns the distinct forms of a text: as it is, as JSON (in the variants of Go, Java and PHP), a quoted string, a URL
 * or HTML writes it, and its encoded bytes. None is shorter than the text.
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

/** Returns the base64 forms of a text, for any preceding text. */
export const encodeBase64 = (text: string): string[] => spellBase64(Buffer.from(text));

function spellBytes(bytes: Buffer): string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase(), ...spellBase64(bytes)];
}

function spellBase64(bytes: Buffer): string[] {
  // Base64 depends on the number of preceding bytes. Characters that also encode neighboring bytes are left out.
  const inside = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const alone = bytes.toString("base64");
  const base64 = [alone, alone.replaceAll("=", ""), ...inside];
  return [...base64, ...base64.map((encoded) => encoded.replaceAll("+", "-").replaceAll("/", "_"))];
}
