import { randomBytes, randomInt } from "node:crypto";

/** A secret that no other text resembles: if a part of it is found, it has leaked. */
export interface Canary {
  /** Its name in reports, which never contain the secret. */
  readonly name: string;
  readonly secret: string;
}

/** A canary that was found in a content. */
export interface Find {
  readonly canary: string;
  readonly spelling: string;
  /** Its offset in bytes. */
  readonly offset: number;
}

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const printable = String.fromCharCode(...Array.from({ length: 0x7e - 0x20 }, (_, index) => 0x21 + index));

const randomText = (length: number, characters: string): string =>
  Array.from({ length }, () => characters.charAt(randomInt(characters.length))).join("");

/**
 * Follows the service's rules. One part is equal in every encoding, and the other contains every character that
 * encodings escape differently.
 */
export const randomPassword = (): string => `aZ7${randomText(17, alphanumeric)}${randomText(12, printable)}`;

/** Looks like words, except for its beginning. */
export const randomLetters = (): string => `aZ7${randomText(29, "abcdefghijklmnopqrstuvwxyz")}`;

export const randomSecretKey = (): string => randomText(32, alphanumeric);
export const randomToken = (): string => randomBytes(48).toString("base64url");

/** The number of characters of a secret that give it away. */
export const runLength = 8;

/** Returns every spelling of a text to search for. Base64 is without the characters that depend on neighboring text. */
function spellAll(text: string): Map<string, string> {
  const bytes = Buffer.from(text);
  const json = JSON.stringify(text).slice(1, -1);
  const url = encodeURIComponent(text);
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const base64 = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const hex = bytes.toString("hex");
  const spellings: [name: string, text: string][] = [
    ["as it is", text],
    ["reversed", Buffer.from(text).reverse().toString()],
    ["JSON", json],
    ["JSON with slashes escaped", json.replaceAll("/", "\\/")],
    ["JSON of Go", json.replace(/[<>&]/g, unicodeEscape)],
    ["JSON in JSON", JSON.stringify(json).slice(1, -1)],
    ["URL-encoded", url],
    ["URL-encoded as for signatures", url.replace(/[!'()*]/g, percentEscape)],
    ["URL-encoded in lower case", url.replace(/%../g, (escape) => escape.toLowerCase())],
    ["HTML", html.replaceAll('"', "&quot;").replaceAll("'", "&#39;")],
    ...base64.flatMap((encoded, before): [string, string][] => [
      [`base64 after ${before}`, encoded],
      [`base64url after ${before}`, encoded.replaceAll("+", "-").replaceAll("/", "_")],
    ]),
    ["hex", hex],
    ["hex in upper case", hex.toUpperCase()],
    ["hex with spaces", hex.replace(/..(?=.)/g, "$& ")],
  ];
  // The first name wins if several spellings are equal.
  return new Map(spellings.reverse().map(([name, written]) => [written, name]));
}

const unicodeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
const percentEscape = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

interface Needle {
  readonly canary: string;
  readonly spelling: string;
  readonly bytes: Buffer;
}

/**
 * Searches for canaries: every run of 8 characters of each, in every spelling. A single pass, because logs are long.
 */
export class CanarySearch {
  /** Needles by their first bytes. */
  private readonly needles = new Map<string, Needle[]>();
  /** Whether a needle may begin, by a hash of the first bytes. */
  private readonly starts = new Uint8Array(1 << hashBits);

  constructor(canaries: readonly Canary[] = []) {
    for (const canary of canaries) this.add(canary);
  }

  add({ name, secret }: Canary): void {
    if (secret.length < runLength) throw new RangeError(`the canary ${name} is too short to be told from other text`);
    for (let start = 0; start + runLength <= secret.length; start++) {
      for (const [written, spelling] of spellAll(secret.slice(start, start + runLength))) {
        const bytes = Buffer.from(written);
        const key = bytes.toString("latin1", 0, runLength);
        this.needles.set(key, [...(this.needles.get(key) ?? []), { canary: name, spelling, bytes }]);
        this.starts[hashBytes(bytes.readInt32BE(0))] = 1;
      }
    }
  }

  /** Returns the first find of each canary and spelling. */
  in(content: Buffer | string): Find[] {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const { starts } = this;
    const finds = new Map<string, Find>();
    let last4 = 0;
    for (let end = 0; end < bytes.length; end++) {
      last4 = (last4 << 8) | (bytes[end] ?? 0);
      if (starts[hashBytes(last4)] === 1) this.lookAt(end - 3, bytes, finds);
    }
    return [...finds.values()];
  }

  private lookAt(offset: number, bytes: Buffer, finds: Map<string, Find>): void {
    const key = bytes.toString("latin1", offset, offset + runLength);
    for (const { canary, spelling, bytes: needle } of this.needles.get(key) ?? []) {
      const name = `${canary} ${spelling}`;
      const isWhole = needle.equals(bytes.subarray(offset, offset + needle.length));
      if (isWhole && !finds.has(name)) finds.set(name, { canary, spelling, offset });
    }
  }
}

const hashBits = 20;

// Read once: in Jest, each access to a global costs more than all the rest.
const { imul } = Math;

const hashBytes = (fourBytes: number): number => imul(fourBytes, 0x9e3779b1) >>> (32 - hashBits);
