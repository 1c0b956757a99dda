import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";

/** A secret whose characters other notations write in other ways. */
export const secret = 'aZ7<m&p"q/R2s+t;';

export const redactMessage = (text: string, secrets: readonly (string | undefined)[]) =>
  new Redactor(secretsIn(secrets)).redactMessage(text);

/** Redacts a message in which only {@link secret} is one. */
export const cut = (text: string) => redactMessage(text, [undefined, "", secret]);

export const redactData = (text: string, secrets: readonly (string | undefined)[]) =>
  new Redactor(secretsIn(secrets)).redactData(text);

const secretsIn = (texts: readonly (string | undefined)[]) =>
  texts.map((text) => (text === undefined ? undefined : new Secret(text)));
