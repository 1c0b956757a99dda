import { oneLine } from "../../tencentcloud/errors/terminalText";
import type { Redactor } from "../../tencentcloud/secrets/redactor";
import { type AuthForm, type Login, joinLogin, sendAuth } from "./sendAuth";
import type { Address } from "../contract/verifyInput";

/**
 * `refused`: the instance has another password. `passwordless`: it requires none, so AUTH fails, too. `unknown`: the
 * password could not be verified. `isPasswordFree`: the account's password is accepted, but the default account needs
 * none.
 */
export type Verification =
  | { readonly outcome: "accepted"; readonly isPasswordFree?: true }
  | { readonly outcome: "refused" | "passwordless" | "unknown"; readonly reason: string };

/** A connection within one network never takes longer. */
const longestMs = 10_000;

/** Returns whether an instance accepts the password of an account, tried by AUTH as an application would. */
export async function verifyPassword(
  address: Address,
  login: Login,
  remainingMs: number,
  known: Redactor,
): Promise<Verification> {
  const redactor = known.including([login.password], [joinLogin(login)]);
  const readable = (text: string): string => oneLine(redactor.redactMessage(text));
  const verifyBy = (form: AuthForm, timeoutMs: number) =>
    tryForm(address, login, Math.ceil(Math.min(longestMs, timeoutMs)), form, readable);
  if (login.account === undefined) return verifyBy("joined", remainingMs);
  const joined = await verifyBy("joined", remainingMs / 2);
  if (joined.outcome === "accepted" || joined.outcome === "unknown") return joined;
  // A server that does not support joined passwords refuses all of them.
  const separate = await verifyBy("separate", remainingMs / 2);
  if (separate.outcome !== "accepted") return joined;
  return joined.outcome === "passwordless" ? { ...separate, isPasswordFree: true } : separate;
}

async function tryForm(
  address: Address,
  login: Login,
  timeoutMs: number,
  form: AuthForm,
  readable: (text: string) => string,
): Promise<Verification> {
  try {
    const answer = await sendAuth(address, login, timeoutMs, form);
    if (answer === "+OK\r\n") return { outcome: "accepted" };
    const [, words] = /^-(.*)\r\n/.exec(answer) ?? [];
    if (words === undefined) return { outcome: "unknown", reason: unexpected(answer, readable) };
    return { outcome: parseAnswer(words), reason: readable(words) };
  } catch (error) {
    return { outcome: "unknown", reason: readable(describeNetworkError(error as NetworkError)) };
  }
}

/** Any other error, such as a proxy's timeout or a missing command, says nothing about the password. */
function parseAnswer(words: string): "refused" | "passwordless" | "unknown" {
  if (/^(WRONGPASS\b|ERR [Ii]nvalid password\.?$)/.test(words)) return "refused";
  // The messages of Redis up to 5, and from 6 on.
  if (/^ERR (Client sent AUTH, but no password is set|AUTH <password> called without any password)\b/.test(words)) {
    return "passwordless";
  }
  return "unknown";
}

function unexpected(answer: string, readable: (text: string) => string): string {
  if (answer === "") return "the connection was closed without an answer";
  // A TLS alert, the response of a TLS server to unencrypted data.
  if (answer.startsWith("\x15\x03")) return "the server speaks TLS: set verify.tls";
  return `unexpected answer "${readable(answer)}"`;
}

/** What to do about an invalid certificate, by the error code of OpenSSL or Node.js. */
const certificateAdvice: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "set verify.ca to the server's certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "set verify.servername to a name in the certificate",
  SELF_SIGNED_CERT_IN_CHAIN: "set verify.ca to the certificate of this authority",
  UNABLE_TO_GET_ISSUER_CERT: "set verify.ca to the root authority's certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "set verify.ca to the authority's certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "set verify.ca to the authority's certificate",
};

/** The error that Node.js throws if it cannot connect. */
interface NetworkError {
  readonly message: string;
  readonly code?: string;
  /** One error per address, if the host has several: the message is then empty. */
  readonly errors?: readonly Error[];
}

function describeNetworkError({ message, code = "", errors }: NetworkError): string {
  if (errors) return errors.map((error) => error.message).join(", ");
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER") return "the server does not speak TLS: check verify.port and verify.tls";
  const advice = certificateAdvice[code];
  return advice === undefined ? message : `${message}: ${advice}`;
}
