import { Secret, shown } from "./secret";
import { fragmentLength } from "./spellings";

/**
 * Cuts secrets out of words that are not ours. A session has one, which knows every secret that it has handed out; each
 * request adds its own to it for as long as it takes.
 *
 * Data, which is compared and recorded, loses only whole secrets, and only those that were sent with the request that it
 * answers: a part of one could stand in a time or an id. Messages lose every secret known, and each fragment of 8 characters
 * of one, as is left where a text was cut off. Both lose them also as JSON, a URL, HTML, base64 or hex would write them.
 */
export class Redactor {
  // Private at run time, too: what prints a session or a run, as a debugger does, must not print them.

  /** By their text, since many resources may have the same one. */
  readonly #secrets = new Map<string, Secret>();
  /** The secrets whose fragments are not in {@link #fragments} yet: most sessions never need them. */
  #unread: Secret[] = [];
  readonly #fragments = new Set<string>();
  readonly #wholes: readonly Secret[];
  readonly #session: Redactor | undefined;

  /**
   * @param wholes secrets whose parts are none
   * @param session whose secrets messages lose, too
   */
  constructor(secrets: readonly (Secret | undefined)[] = [], wholes: readonly Secret[] = [], session?: Redactor) {
    this.#wholes = wholes;
    this.#session = session;
    for (const secret of secrets) this.#add(secret);
  }

  /** Adds secrets for good. A short one is left out, since other messages may well hold it by chance. */
  remember(...secrets: readonly (Secret | undefined)[]): void {
    for (const secret of secrets) if (secret && isLong(secret)) this.#add(secret);
  }

  /** Returns a redactor for one request that knows these secrets, too. */
  including(secrets: readonly (Secret | undefined)[], wholes: readonly Secret[] = []): Redactor {
    return new Redactor(secrets, wholes, this);
  }

  /** Whether a text holds one of the secrets as a whole, but for those of the session. */
  finds(text: string): boolean {
    return [...this.#secrets.values()].some((secret) => spellingsIn(text, secret).length > 0);
  }

  redactData(data: string): string {
    return cutWhole(data, [...this.#secrets.values(), ...this.#wholes].filter(isLong));
  }

  redactMessage(message: string): string {
    const redactors = this.#session ? [this, this.#session] : [this];
    for (const redactor of redactors) redactor.#readFragments();
    const known = redactors.flatMap((redactor) => [...redactor.#secrets.values(), ...redactor.#wholes]);
    const isSecret = (fragment: string) => redactors.some((redactor) => redactor.#fragments.has(fragment));
    return cutFragments(cutWhole(message, known), isSecret);
  }

  #add(secret: Secret | undefined): void {
    const text = secret?.expose();
    if (!secret || !text || this.#secrets.has(text)) return;
    // The session's has been spelled already, perhaps.
    const added = (this.#session && this.#session.#secrets.get(text)) ?? secret;
    this.#secrets.set(text, added);
    this.#unread.push(added);
  }

  #readFragments(): void {
    for (const spelling of this.#unread.flatMap((secret) => secret.spellings())) {
      for (let end = fragmentLength; end <= spelling.length; end++)
        this.#fragments.add(spelling.slice(end - fragmentLength, end));
    }
    this.#unread = [];
  }
}

const isLong = (secret: Secret): boolean => secret.expose().length >= fragmentLength;

/** No spelling is shorter than the secret: for most texts nothing has to be spelled. */
const spellingsIn = (text: string, secret: Secret): string[] =>
  text.length < secret.expose().length ? [] : secret.spellings().filter((spelling) => text.includes(spelling));

/** Far more than is ever shown of a text. The service's answers may have megabytes. */
const longestSearched = 20_000;

function cutWhole(text: string, secrets: readonly Secret[]): string {
  if (text.length <= longestSearched) return replaceWhole(text, secrets);
  const start = replaceWhole(text.slice(0, longestSearched), secrets);
  // Its end may be the beginning of a secret.
  const lengths = secrets.flatMap((secret) => secret.spellings().map((spelling) => spelling.length));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return start.slice(0, Math.max(0, start.length - longest));
}

function replaceWhole(text: string, secrets: readonly Secret[]): string {
  const found = secrets.flatMap((secret) => spellingsIn(text, secret));
  if (found.length === 0) return text;
  // The longest first: of a secret that begins with another one, the rest would be left.
  const escaped = found
    .sort((one, other) => other.length - one.length)
    .map((spelling) => spelling.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return text.replace(new RegExp(escaped.join("|"), "g"), shown);
}

function cutFragments(text: string, isSecret: (fragment: string) => boolean): string {
  const isFragment = (start: number) => isSecret(text.slice(start, start + fragmentLength));
  let rest = "";
  for (let start = 0; start < text.length;) {
    let end = start + 1;
    if (isFragment(start)) {
      while (isFragment(end)) end++;
      end += fragmentLength - 1;
    }
    const part = text.slice(start, end);
    rest += end === start + 1 || isWord(part) ? part : shown;
    start = end;
  }
  return rest;
}

/** What the service's messages are full of. To cut such a word out would only tell that it is a part of the secret. */
const isWord = (part: string): boolean =>
  /^[^A-Za-z]?(database|instance|internal|operation|parameter|password|resource|security|username)[^A-Za-z]?$/i.test(
    part,
  );
