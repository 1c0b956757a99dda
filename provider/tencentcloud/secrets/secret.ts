import { inspect } from "node:util";

import { spell } from "./spellings";

/**
 * A text that stands for a secret and may be recorded, such as a fingerprint. Another type than plain text, so that no secret is
 * made by mistake.
 */
export type StandIn = string & { readonly [brand]: true };

/** Any other text: what a secret may be made of, and what a request may hold. */
export type PlainText = string & { readonly [brand]?: never };

declare const brand: unique symbol;

/**
 * A password, key or token that shows itself nowhere: printed, logged, serialized or joined to a string it reads
 * `[secret]`. Only the files that eslint.config.mjs names may open it.
 */
export class Secret {
  readonly #text: string;
  #spellings: readonly string[] | undefined;

  constructor(text: PlainText) {
    this.#text = text;
  }

  /** Returns the text itself, to be sent, signed with or compared. */
  expose(): string {
    return this.#text;
  }

  /** Returns the text in all the ways that a server may write it: worked out once, when first needed. */
  spellings(): readonly string[] {
    return (this.#spellings ??= spell(this.#text));
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}

/** What stands for a secret wherever one would be shown. */
export const shown = "[secret]";
