import type { Run } from "./run";
import type { Verification } from "./verify";

/**
 * Tries the password at the instance, where the program asks for it. One that cannot be asked is only shown.
 *
 * @returns undefined where the program does not ask for it
 */
export async function tryPassword({ session, news, deadline, say, warnings }: Run): Promise<Verification | undefined> {
  if (!news.verify) return undefined;
  const where = `${news.verify.host}:${news.verify.port}`;
  const password = session.passwords.recall(news.password);
  const result: Verification =
    password === undefined
      ? { outcome: "unknown", reason: "this run was not given it" }
      : await session.verify(news.verify, password, deadline.remainingMs());
  if (result.outcome === "unknown" && !warnings.has(unverified)) {
    say(`the password could not be verified at ${where}: ${result.reason}`);
    // Where it is tried again and again, once is enough.
    warnings.add(unverified);
  }
  if (result.outcome === "refused") return { ...result, reason: `${where} refuses the password: ${result.reason}` };
  return result;
}

const unverified = "the password could not be verified";
