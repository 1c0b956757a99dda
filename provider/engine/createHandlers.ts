import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  UpdateResult,
} from "@pulumi/pulumi/dynamic";

import { check } from "../resource/check";
import type { CheckedInputs } from "../resource/contract/inputs";
import { create, forget, planUpdate, update } from "../resource/operations";
import { isPartialFailure } from "../resource/operation/partialFailure";
import { refresh } from "../resource/refresh";
import { type LogSubject, type ResourceLog, logAbout } from "../resource/session/resourceLog";
import type { Session } from "../resource/session/session";
import type { State } from "../resource/contract/state";
import { formatId, parseId } from "../resource/contract/accountIdentity";
import { exitWithEngine } from "./shared/exitWithEngine";
import { withoutStandIn } from "./shared/standIn";
import { recordFailure } from "./recordedFailure";
import { withoutStack } from "./withoutStack";

/** Pulumi adds the text of the serialized provider to the properties that it passes. */
type WithProvider<T> = T & { readonly __provider: string };

/**
 * Returns the methods that Pulumi calls for a dynamic resource, for one session. They translate between Pulumi's shapes
 * and the operations of the resource.
 *
 * `check` replaces the password with a fingerprint before Pulumi records anything, and the other methods get only the
 * fingerprint. The password itself stays in the session's memory.
 *
 * @param print writes a line to standard output, which Pulumi shows as information that belongs to no resource
 */
export function createHandlers(session: Session, print: (line: string) => void) {
  const logFor = (named: LogSubject): ResourceLog =>
    logAbout(named, (severity, subject, text) =>
      print(severity === "warning" ? `${subject}: warning: ${text}` : `${subject}: ${text}`),
    );
  return {
    configure: ({ config }: ConfigureRequest): void => {
      exitWithEngine();
      session.configure((name) => config.get(name));
    },
    check: withoutStack((olds: object, news: WithProvider<Record<string, unknown>>): CheckResult => {
      const { __provider, ...given } = news;
      const outcome = check(session, logFor(given), olds, given);
      // Without inputs in the response, Pulumi would continue with its own, which include the password.
      if ("problems" in outcome) return { inputs: {}, failures: outcome.problems.map(toFailure) };
      const inputs: WithProvider<CheckedInputs> = { ...outcome.inputs, __provider };
      return { inputs };
    }),
    diff: withoutStack((_id: string, olds: State, news: CheckedInputs): DiffResult => {
      const log = logFor(olds);
      const plan = planUpdate(session, log, olds, news);
      if (plan.kind === "replace") return { changes: true, replaces: plan.fields };
      if (plan.kind !== "nothing") return { changes: true };
      // Without the text of the provider in the outputs, Pulumi can neither refresh nor delete the resource. Only an
      // update writes it.
      const isFromPlugin = !("__provider" in olds);
      if (isFromPlugin) log.info("moves from the provider plugin to the class, nothing will be reset");
      return { changes: isFromPlugin };
    }),
    create: async (news: WithProvider<CheckedInputs>): Promise<CreateResult> => {
      return {
        id: formatId(news),
        outs: await recordingFailures(news, create(session, logFor(news), news)),
      };
    },
    read: withoutStack(async (id: string, props: State): Promise<ReadResult> => {
      const identity = parseId(id);
      const state = await refresh(session, logFor(identity), identity, props);
      // An empty id means that the resource is gone.
      return state === undefined ? { id: "" } : { id, props: state };
    }),
    update: async (_id: string, olds: State, news: WithProvider<CheckedInputs>): Promise<UpdateResult> => {
      return { outs: await recordingFailures(news, update(session, logFor(news), withoutStandIn(olds), news)) };
    },
    delete: withoutStack((_id: string, props: State): void => {
      forget(session, logFor(props), props);
    }),
  };
}

/** Leaves the property empty: Pulumi would print its value, and even a trigger can be a secret. */
const toFailure = (reason: string): { property: string; reason: string } => ({ property: "", reason });

async function recordingFailures({ __provider }: WithProvider<object>, state: Promise<State>): Promise<State> {
  try {
    return await state;
  } catch (error) {
    throw isPartialFailure(error) ? recordFailure(error, __provider) : error;
  }
}
