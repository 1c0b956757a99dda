import { formatId, parseId } from "../../resource/contract/accountIdentity";
import { check } from "../../resource/check";
import { isFingerprint } from "../../resource/contract/fingerprint";
import { type CheckedInputs, longestTimeoutSeconds, unknownValue } from "../../resource/contract/inputs";
import { importInstance } from "../../resource/adopt/importInstance";
import { create, forget, planUpdate, update } from "../../resource/operations";
import { planFor } from "../../resource/plan";
import { refresh } from "../../resource/refresh";
import { type LogSubject, type ResourceLog, logAbout } from "../../resource/session/resourceLog";
import type { Session } from "../../resource/session/session";
import { ownNamespace } from "../../resource/settings/settingNames";
import type { State } from "../../resource/contract/state";
import { standIn, withoutStandIn } from "../shared/standIn";
import { checkConfiguration, readSettings } from "./configuration";
import { detailedDiff } from "./detailedDiff";
import type { Checked, CreateCall, PluginMethods, Properties, Resource } from "./methods";

/** Shows a line to the user, under the resource that has this URN. */
export type ShowLine = (severity: "info" | "warning", urn: string, line: string) => void;

/**
 * Returns the methods of the provider plugin, for one session. They translate between Pulumi's shapes and the operations
 * of the resource, as those of the dynamic provider do.
 */
export function createMethods(session: Session, show: ShowLine): PluginMethods {
  const logFor = (urn: string, named: LogSubject): ResourceLog =>
    logAbout(named, (severity, subject, text) => show(severity, urn, `${subject}: ${text}`));
  let defaultRegion: string | undefined;
  /** The resources that this run has imported or looked up. */
  const imported = new Set<string>();
  return {
    checkConfig: checkConfiguration,
    configure: (settings): void => {
      const config = readSettings(settings);
      defaultRegion = config(`${ownNamespace}:region`);
      // Pulumi passes only the plugin's own namespace.
      session.configure(config, false);
    },
    check: ({ urn, oldInputs, inputs: given }): Checked => {
      // After an import, Pulumi records the inputs of the import file whatever check returns, unless it fails.
      const { password: recorded } = oldInputs;
      if (imported.has(urn) && recorded !== undefined && !isFingerprint(recorded)) throw new Error(passwordInFile);
      const inputs: Properties = { ...given, region: given.region ?? defaultRegion, __claim: urn };
      const outcome = check(session, logFor(urn, inputs), oldInputs, inputs);
      // Without inputs in the response, Pulumi would continue with its own, which include the password.
      return "problems" in outcome ? { inputs: {}, failures: outcome.problems } : { ...outcome, failures: [] };
    },
    diff: ({ urn, ...call }) => {
      const [olds, news] = [toState(call.outputs), toInputs(call.inputs)];
      return detailedDiff(planUpdate(session, logFor(urn, olds), olds, news), olds, news);
    },
    create: async (call) => {
      const news = withTimeout(call);
      if (call.isPreview) return { id: "", outputs: previewOutputs(news) };
      return { id: formatId(news), outputs: toProperties(await create(session, logFor(call.urn, news), news)) };
    },
    read: async ({ urn, id, outputs }) => {
      const isGiven = isLookup(outputs);
      const identity = parseId(id, isGiven ? "given" : "recorded");
      const resourceLog = logFor(urn, identity);
      if (isGiven) {
        imported.add(urn);
        return describeImported(await importInstance(session, resourceLog, identity));
      }
      const state = await refresh(session, resourceLog, identity, toState(outputs));
      return state === undefined ? { id: "", outputs: {} } : { id, outputs: toProperties(state) };
    },
    update: async (call) => {
      const [olds, news] = [toState(call.outputs), withTimeout(call)];
      if (!call.isPreview) return toProperties(await update(session, logFor(call.urn, news), olds, news));
      // After a failed update, Pulumi calls this even if nothing differs.
      return planFor(olds, news, session.passwords).kind === "nothing" ? toProperties(olds) : previewOutputs(news);
    },
    delete: ({ urn, outputs }): void => {
      const state = toState(outputs);
      forget(session, logFor(urn, state), state);
    },
  };
}

/**
 * Returns whether a read is an import or a program's `get`: neither has a state yet.
 *
 * @throws Error if a program passes a password to `get`: Pulumi would record it
 */
function isLookup(outputs: Properties): boolean {
  if ("stateVersion" in outputs) return false;
  if ("password" in outputs) throw new Error("A resource is looked up by its id: leave out the password");
  return true;
}

/** Includes the inputs that `pulumi import` writes into the program. The user adds the password. */
function describeImported(state: State): Resource {
  const { instanceId, region, account } = state;
  const inputs = { instanceId, region, ...(account !== undefined && { account }) };
  return { id: formatId(state), outputs: toProperties(state), inputs };
}

const passwordInFile =
  "Import failed: Pulumi would record the password that the import file gives. Leave it out there, and give it in the program.";

/** The outputs as far as a preview knows them. */
const previewOutputs = ({ instanceId, region, account, triggers = {} }: CheckedInputs): Properties => ({
  ...standIn,
  instanceId,
  region,
  ...(account !== undefined && { account }),
  triggers,
  taskId: unknownValue,
  requestId: unknownValue,
  resetAt: unknownValue,
});

/**
 * `customTimeouts` overrides the input, up to the input's maximum. 0 means that the program sets none.
 *
 * @throws Error if it is negative
 */
function withTimeout({ inputs, timeoutSeconds }: Pick<CreateCall, "inputs" | "timeoutSeconds">): CheckedInputs {
  const news = toInputs(inputs);
  if (timeoutSeconds < 0) throw new Error("customTimeouts: must not be negative");
  return timeoutSeconds > 0 ? { ...news, timeoutSeconds: Math.min(timeoutSeconds, longestTimeoutSeconds) } : news;
}

// Pulumi passes back what an earlier call has returned.

const toInputs = (properties: Properties): CheckedInputs => properties as unknown as CheckedInputs;

/** Leaves out {@link standIn}, and `__provider`, which only the class needs. */
function toState(properties: Properties): State {
  const state: Record<string, unknown> = withoutStandIn(properties);
  delete state.__provider;
  return state as unknown as State;
}

const toProperties = (state: State): Properties => ({ ...state, ...standIn });
