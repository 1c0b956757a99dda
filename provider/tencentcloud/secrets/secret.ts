import { inspect } from "node:util";

/**
 * A password, key or token that shows itself nowhere: printed, logged, serialized or joined to a string it reads
 * `[secret]`. Only the files that eslint.config.mjs names may open it.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Returns the text itself, to be sent, signed with or compared. */
  expose(): string {
    return this.#text;
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
