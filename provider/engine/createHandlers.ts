import type { ConfigureRequest, CreateResult, DiffResult, UpdateResult } from "@pulumi/pulumi/dynamic";

import { adopt } from "../resource/adopt";
import { announceUpdate } from "../resource/announce";
import { check } from "../resource/check";
import { exitWithEngine } from "./exitWithEngine";
import { matches } from "../resource/fingerprint";
import { type Inputs, unknownValue } from "../resource/inputs";
import { isAdoption, planFor } from "../resource/plan";
import { refresh } from "../resource/refresh";
import { resetAfterPendingTask, resetOnCreate, resetOnUpdate, resumeReset } from "../resource/reset";
import { startRun, withOwner } from "../resource/run";
import { Session } from "../resource/session";
import {
  type PendingState,
  type State,
  type WithProvider,
  doubtReason,
  idOf,
  requireKnownState,
} from "../resource/state";

/**
 * The methods that Pulumi calls, for one session.
 *
 * A `password` here is a fingerprint, except in what check is given: check replaces it before Pulumi records
 * anything, and the password itself stays in the session's memory.
 */
export function createHandlers(session: Session) {
  return {
    configure: ({ config }: ConfigureRequest): void => {
      exitWithEngine();
      session.configure((name) => config.get(name));
    },
    check: check.bind(undefined, session),
    diff: diff.bind(undefined, session),
    create: create.bind(undefined, session),
    read: refresh.bind(undefined, session),
    update: update.bind(undefined, session),
    delete: forget.bind(undefined, session),
  };
}

/** Says whether anything is to be done, and prints what and why: Pulumi shows a changed secret only as `[secret]`. */
function diff(session: Session, _id: string, olds: State, news: Inputs): DiffResult {
  requireKnownState(olds);
  const plan = planFor(olds, news, session.passwords);
  // A refresh compares what is recorded: nothing is about to happen, and there is no password to ask for.
  if (news.password === unknownValue || session.passwords.wasChecked(news.password)) {
    announceUpdate(session, plan, olds, news);
  }
  if (plan.kind === "replace") return { changes: true, replaces: plan.fields };
  return { changes: plan.kind !== "nothing" };
}

async function create(session: Session, news: WithProvider<Inputs>): Promise<CreateResult> {
  const run = startRun(session, news);
  const begin = isAdoption(session, news) ? adopt : resetOnCreate;
  return { id: idOf(news), outs: withOwner(await begin(run), run) };
}

/** Also called without any difference, after a failure: what is to be done follows from the state alone. */
async function update(session: Session, _id: string, olds: State, news: WithProvider<Inputs>): Promise<UpdateResult> {
  requireKnownState(olds);
  const plan = planFor(olds, news, session.passwords);
  if (plan.kind === "nothing") return { outs: olds };
  if (plan.kind === "replace") throw new Error(`${plan.fields.join(" and ")} cannot be changed in place`);
  const run = startRun(session, news);
  const carryOut = {
    adopt: () => adopt(run),
    complete: () => resumeReset(run, olds as PendingState),
    reset: () =>
      olds.status === "pending" && olds.taskId !== undefined
        ? resetAfterPendingTask(run, olds as PendingState)
        : resetOnUpdate(run, olds),
  };
  return { outs: withOwner(await carryOut[plan.kind](), run) };
}

/** Touches nothing: an instance without a password would be open, and any other password would be a surprise. */
function forget(session: Session, _id: string, props: State): void {
  // After a replacement the instance may have a new password, and before one it may be about to get it.
  session.say(props, "deleting the resource does not change the instance or its password");
  const { adoptedFingerprint, isReset } = session.notesOn(props);
  if (isReset) return;
  if (props.status === "pending" && props.taskId !== undefined) {
    session.say(props, `warning: the last reset (task ${props.taskId}) had not ended, and may still set its password`);
  } else if (props.status !== "done") {
    session.say(props, `warning: which password is set was not known (${doubtReason(props)})`);
  }
  const { passwordFingerprint: recorded } = props;
  const adopted = adoptedFingerprint === undefined ? undefined : session.passwords.recall(adoptedFingerprint);
  if (adopted !== undefined && recorded !== undefined && !matches(adopted, props, recorded)) {
    session.say(props, "warning: the password that was recorded before is another one than the adopted one");
  }
}
