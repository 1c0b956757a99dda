import { Secret, shown } from "./secret";
import { fragmentLength } from "./spellings";

/**
 * Removes secrets from texts that this package did not write. A session has one redactor, which knows all of its
 * secrets; each request derives another one, which also knows the request's own.
 *
 * Data, which is compared and recorded, loses only whole secrets, and only those that were sent with the request that
 * it responds to: a part of one could occur in a time or an id. Messages lose all known secrets, and all of their
 * fragments of 8 or more characters, since a text may have been cut off. Both also lose the secrets in the encodings of
 * JSON, URLs, HTML, base64 and hex.
 */
export class Redactor {
  // Private at run time, too: a debugger or a logger that prints a session or an operation must not print them.

  /** By text, since many resources may have the same secret. */
  readonly #secrets = new Map<string, Secret>();
  /** The secrets whose fragments are not in {@link #fragments} yet: most sessions never need them. */
  #unread: Secret[] = [];
  readonly #fragments = new Set<string>();
  readonly #wholes: readonly Secret[];
  readonly #session: Redactor | undefined;

  /**
   * @param wholes secrets of which only the whole is redacted
   * @param session a redactor whose secrets are also removed from messages
   */
  constructor(secrets: readonly (Secret | undefined)[] = [], wholes: readonly Secret[] = [], session?: Redactor) {
    this.#wholes = wholes;
    this.#session = session;
    for (const secret of secrets) this.#add(secret);
  }

  /** Adds secrets permanently. Short ones are left out, since unrelated messages may well contain them. */
  remember(...secrets: readonly (Secret | undefined)[]): void {
    for (const secret of secrets) if (secret && isLong(secret)) this.#add(secret);
  }

  /** Returns a redactor for one request that also knows these secrets. */
  including(secrets: readonly (Secret | undefined)[], wholes: readonly Secret[] = []): Redactor {
    return new Redactor(secrets, wholes, this);
  }

  /** Whether a text contains one of the secrets as a whole. The session's secrets do not count. */
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
    // The session may have computed the spellings already.
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

/** No spelling is shorter than its secret, so most texts need no search. */
const spellingsIn = (text: string, secret: Secret): string[] =>
  text.length < secret.expose().length ? [] : secret.spellings().filter((spelling) => text.includes(spelling));

/** Far more of a text than is ever shown. Responses of the service may have megabytes. */
const longestSearched = 20_000;

function cutWhole(text: string, secrets: readonly Secret[]): string {
  if (text.length <= longestSearched) return replaceWhole(text, secrets);
  const start = replaceWhole(text.slice(0, longestSearched), secrets);
  // The end of the cut text may be the beginning of a secret.
  const lengths = secrets.flatMap((secret) => secret.spellings().map((spelling) => spelling.length));
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  return start.slice(0, Math.max(0, start.length - longest));
}

function replaceWhole(text: string, secrets: readonly Secret[]): string {
  const found = secrets.flatMap((secret) => spellingsIn(text, secret));
  if (found.length === 0) return text;
  // The longest first: if one secret starts with another one, the rest of it would remain.
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

/** Words that are common in the service's messages. Redacting one would only reveal that it is part of the secret. */
const isWord = (part: string): boolean =>
  /^[^A-Za-z]?(database|instance|internal|operation|parameter|password|resource|security|username)[^A-Za-z]?$/i.test(
    part,
  );
