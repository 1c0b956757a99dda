/**
 * Cuts secrets out of words that are not ours, and parts of them too, as are left where a text was cut off: as they
 * are, and as JSON, a URL, HTML, base64 or hex would write them.
 */
export function withoutSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  return withoutRuns(cutterOf(secrets)(text), new Set(spellingsOfAll(secrets).flatMap(runsOf)));
}

/** Cuts out only what is there as a whole, of many texts: what each secret looks like is worked out once. */
export function cutterOf(secrets: readonly (string | undefined)[]): (text: string) => string {
  // The longest first: of a secret that begins with another one, the rest would be left.
  const written = spellingsOfAll(secrets).sort((one, other) => other.length - one.length);
  const escape = (spelling: string) => spelling.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const longest = written[0]?.length ?? 0;
  const cut = (text: string) => {
    // Hardly any text holds one, and a pattern for each request would take more memory than all else of it.
    if (!written.some((spelling) => text.includes(spelling))) return text;
    return text.replace(new RegExp(written.map(escape).join("|"), "g"), "[secret]");
  };
  return (text) => {
    if (text.length <= longestSearched) return cut(text);
    const start = cut(text.slice(0, longestSearched));
    // Its end may be the beginning of a secret.
    return start.slice(0, Math.max(0, start.length - longest));
  };
}

/** Returns a function that tells whether a text holds a secret, also in JSON, a URL, HTML, base64 or hex. */
export function holderOf(secret: string): (text: string) => boolean {
  const spellings = spellingsOf(secret);
  return (text) => spellings.some((spelling) => text.includes(spelling));
}

/** Far more than is ever shown of a text. The service's answers may have megabytes. */
const longestSearched = 20_000;

/**
 * Returns how base64 writes a text, for `withoutSecrets`: of a request as a whole, which is a secret only in that form,
 * since in itself it holds words that any message may have.
 */
export const base64Of = (text: string): string[] => base64Spellings(Buffer.from(text));

/** Each once: most texts look the same in most of the ways. */
const spellingsOfAll = (secrets: readonly (string | undefined)[]): string[] => {
  const given = new Set(secrets.filter((secret) => secret !== undefined && secret !== ""));
  return [...new Set([...given].flatMap((secret) => spellingsOf(secret as string)))];
};

/** So many characters of a secret give it away. */
const runLength = 8;

/** What the service's messages are full of. To cut such a word out would only tell that it is a part of the secret. */
const isWord = (part: string): boolean =>
  /^[^A-Za-z]?(database|instance|internal|operation|parameter|password|resource|security|username)[^A-Za-z]?$/i.test(
    part,
  );

function runsOf(text: string): string[] {
  const starts = Array.from({ length: Math.max(0, text.length - runLength + 1) }, (_, start) => start);
  return starts.map((start) => text.slice(start, start + runLength));
}

function withoutRuns(text: string, runs: ReadonlySet<string>): string {
  const isRun = (start: number) => runs.has(text.slice(start, start + runLength));
  let rest = "";
  for (let start = 0; start < text.length;) {
    let end = start + 1;
    if (isRun(start)) {
      while (isRun(end)) end++;
      end += runLength - 1;
    }
    const part = text.slice(start, end);
    rest += end === start + 1 || isWord(part) ? part : "[secret]";
    start = end;
  }
  return rest;
}

/** A text as it is, and as JSON (Go's, Java's and PHP's among it), a quoted text, a URL or HTML would write it, or its bytes. */
function spellingsOf(text: string): string[] {
  const json = JSON.stringify(text).slice(1, -1);
  const hex = (character: string) => character.charCodeAt(0).toString(16);
  const unicode = (character: string) => `\\u${hex(character).padStart(4, "0")}`;
  const unicodeCapital = (character: string) => `\\u${hex(character).toUpperCase().padStart(4, "0")}`;
  // A lone surrogate cannot be encoded.
  const url = encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
  const wholeUrl = url.replace(/[!'()*]/g, (character) => `%${hex(character).toUpperCase()}`);
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [
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
    ...(text.length < runLength ? [] : spellingsOfBytes(Buffer.from(text))),
  ];
}

function spellingsOfBytes(bytes: Buffer): string[] {
  const hex = bytes.toString("hex");
  return [hex, hex.toUpperCase(), ...base64Spellings(bytes)];
}

function base64Spellings(bytes: Buffer): string[] {
  // Base64 depends on how many bytes come before; without the characters that the neighbors have a part in.
  const inside = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const alone = bytes.toString("base64");
  const base64 = [alone, alone.replace(/=+$/, ""), ...inside];
  return [...base64, ...base64.map((encoded) => encoded.replaceAll("+", "-").replaceAll("/", "_"))];
}
