/**
 * The module that Pulumi's process for dynamic resources runs. The serialized stub (providerStub.ts) loads it by name,
 * so its exports are a contract with every state ever written.
 */
import { createHandlers } from "./createHandlers";
import { withSecretMarks } from "./secretMarks";
import { Session } from "../resource/session/session";

// The engine configures once per provider text, and two sessions would use twice the quota.
// eslint-disable-next-line no-restricted-syntax -- the one session of the process
const session = new Session();
const handlers = withSecretMarks(createHandlers(session, (line) => console.log(line)));

export const { configure, check, diff, create, read, update } = handlers;

const remove = handlers.delete;
export { remove as delete };
