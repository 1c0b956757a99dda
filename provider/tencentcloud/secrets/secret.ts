import { inspect } from "node:util";

import { spell } from "./spellings";

/**
 * A password, key or token that shows itself nowhere: printed, logged, serialized or joined to a string it reads
 * `[secret]`. Only the files that eslint.config.mjs names may open it.
 */
export class Secret {
  readonly #text: string;
  #spellings: readonly string[] | undefined;

  constructor(text: string) {
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
