import { type Answers, type Replaced, handlersOn } from "./fakeService";
import { type State, accountState, id, newPassword, state } from "./resource";

interface Options {
  readonly olds?: State;
  readonly inputs?: object;
  readonly world?: Replaced;
}

/** Updates to another password within a minute, and returns the result, or the error if it fails. */
export async function updatePassword(answers: Answers, { olds = state(), inputs = {}, world = {} }: Options = {}) {
  const handlers = handlersOn(answers, world);
  const news = handlers.checked({ password: newPassword, timeoutSeconds: 60, ...inputs });
  const outcome = await handlers.update(id, olds, news).catch((error: unknown) => error);
  return { ...handlers, outcome };
}

/** Does the same for an account other than the default one. */
export const updateAccount = (answers: Answers, { olds = accountState(), inputs = {}, ...options }: Options = {}) =>
  updatePassword(answers, { olds, inputs: { account: "app", ...inputs }, ...options });
