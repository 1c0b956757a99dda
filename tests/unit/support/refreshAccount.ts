import { type Answers, type Fields, accountChange, handlersOn, listAccounts, serviceTime, task } from "./fakeService";
import { accountId, accountState, id, state } from "./resource";

const reset = {
  taskId: 100,
  taskStartTime: serviceTime(0),
  passwordTime: serviceTime(5),
  newestTaskId: 100,
  ownerAccountId: "100000000001",
};
export const ofApp = accountState(reset);
export const ofRoot = state(reset);
export const change = (taskId: number, seconds: number): Fields =>
  accountChange(taskId, { StartTime: serviceTime(seconds - 1), EndTime: serviceTime(seconds) });
export const ours = accountChange(100, { EndTime: serviceTime(5) });
export const rootsOwn = task(100, { EndTime: serviceTime(5) });
export const later = (taskId: number, TaskType: string): Fields => ({ ...change(taskId, 300), TaskType });
export const setAt = (app: number, spare: number, root = -900): Fields =>
  listAccounts({ root: serviceTime(root), app: serviceTime(app), spare: serviceTime(spare) });

/** Returns the result of a refresh, and its log lines. */
export async function refresh(olds: typeof ofApp, answers: Answers) {
  const handlers = handlersOn(answers);
  const { props } = (await handlers.read(olds.account === undefined ? id : accountId, olds)) as { props: typeof ofApp };
  return { ...handlers, status: props.status, reason: props.reason, props };
}
