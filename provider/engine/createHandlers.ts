import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/dynamic";

import { check } from "../resource/check";
import type { CheckedInputs } from "../resource/inputs";
import { create, forget, planUpdate, update } from "../resource/operations";
import { isPartialFailure } from "../resource/partialFailure";
import { refresh } from "../resource/refresh";
import { type LogSubject, type ResourceLog, formatSubject } from "../resource/resourceLog";
import type { Session } from "../resource/session";
import type { State } from "../resource/state";
import { formatId, parseId } from "../resource/accountIdentity";
import { exitWithEngine } from "./shared/exitWithEngine";
import { withoutStandIn } from "./shared/standIn";
import { recordFailure } from "./recordedFailure";

/** Pulumi adds the text of the serialized provider to what it hands over. */
type WithProvider<T> = T & { readonly __provider: string };

/**
 * Returns the methods that Pulumi calls for a dynamic resource, for one session. They translate between Pulumi's shapes
 * and the operations of the resource.
 *
 * Check puts a fingerprint in place of the password before Pulumi records anything: all that the other methods get. The
 * password itself stays in the session's memory.
 *
 * @param print Pulumi shows the standard output of this process as information, under no resource
 */
export function createHandlers(session: Session, print: (line: string) => void) {
  const logFor = (named: LogSubject): ResourceLog => {
    const subject = formatSubject(named);
    return {
      info: (text) => print(`${subject}: ${text}`),
      warn: (text) => print(`${subject}: warning: ${text}`),
    };
  };
  return {
    configure: ({ config }: ConfigureRequest): void => {
      exitWithEngine();
      session.configure((name) => config.get(name));
    },
    check: (olds: object, news: WithProvider<Record<string, unknown>>): CheckResult => {
      const { __provider, ...given } = news;
      const outcome = check(session, logFor(given), olds, given);
      // Without inputs, Pulumi would go on with what it gave, the password among it.
      if ("problems" in outcome) return { inputs: {}, failures: outcome.problems.map(toFailure) };
      const inputs: WithProvider<CheckedInputs> = { ...outcome.inputs, __provider };
      return { inputs };
    },
    diff: (_id: string, olds: State, news: CheckedInputs): DiffResult => {
      const log = logFor(olds);
      const plan = planUpdate(session, log, olds, news);
      if (plan.kind === "replace") return { changes: true, replaces: plan.fields };
      if (plan.kind !== "nothing") return { changes: true };
      // Without the provider's text in the outputs, Pulumi can neither refresh nor delete. It writes the text in an update.
      const isFromPlugin = !("__provider" in olds);
      if (isFromPlugin) log.info("moves from the provider plugin to the class, nothing will be reset");
      return { changes: isFromPlugin };
    },
    create: async (news: WithProvider<CheckedInputs>): Promise<CreateResult> => {
      return {
        id: formatId(news),
        outs: await recordingFailures(news, create(session, logFor(news), news)),
      };
    },
    read: async (id: string, props: State): Promise<ReadResult> => {
      const identity = parseId(id);
      const state = await refresh(session, logFor(identity), identity, props);
      // An empty id means that the resource is gone.
      return state === undefined ? { id: "" } : { id, props: state };
    },
    update: async (_id: string, olds: State, news: WithProvider<CheckedInputs>): Promise<UpdateResult> => {
      return { outs: await recordingFailures(news, update(session, logFor(news), withoutStandIn(olds), news)) };
    },
    delete: (_id: string, props: State): void => {
      forget(session, logFor(props), props);
    },
  };
}

/** No property is named to Pulumi, which would print its value: even a trigger can be a secret. */
const toFailure = (reason: string): { property: string; reason: string } => ({ property: "", reason });

async function recordingFailures({ __provider }: WithProvider<object>, state: Promise<State>): Promise<State> {
  try {
    return await state;
  } catch (error) {
    throw isPartialFailure(error) ? recordFailure(error, __provider) : error;
  }
}
