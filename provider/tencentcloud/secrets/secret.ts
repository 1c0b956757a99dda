import { inspect } from "node:util";

import { spell } from "./spellings";

/**
 * A text that represents a secret and may be recorded, such as a fingerprint. A separate type from plain text, so that
 * no secret is made from it by mistake.
 */
export type RecordableText = string & { readonly [brand]: true };

/** Any other text: secrets are made from it, and requests may contain it. */
export type PlainText = string & { readonly [brand]?: never };

declare const brand: unique symbol;

/**
 * A password, key or token that cannot leak by accident: if it is printed, logged, serialized or joined to a string, it
 * reads `[secret]`. Only the files that eslint.config.mjs lists may call `expose`.
 */
export class Secret {
  readonly #text: string;
  #spellings: readonly string[] | undefined;

  constructor(text: PlainText) {
    this.#text = text;
  }

  /** Returns the text itself, to send it, sign with it or compare it. */
  expose(): string {
    return this.#text;
  }

  /** Returns the text in every form in which a server may write it. Computed once, on first use. */
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

/** Replaces a secret wherever it would be shown. */
export const shown = "[secret]";
