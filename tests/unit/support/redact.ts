import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";

/** A secret with characters that other formats escape. */
export const secret = 'aZ7<m&p"q/R2s+t;';

export const redactMessage = (text: string, secrets: readonly (string | undefined)[]) =>
  new Redactor(secretsIn(secrets)).redactMessage(text);

/** Redacts a message in which {@link secret} is the only secret. */
export const cut = (text: string) => redactMessage(text, [undefined, "", secret]);

export const redactData = (text: string, secrets: readonly (string | undefined)[]) =>
  new Redactor(secretsIn(secrets)).redactData(text);

const secretsIn = (texts: readonly (string | undefined)[]) =>
  texts.map((text) => (text === undefined ? undefined : new Secret(text)));
