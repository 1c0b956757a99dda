/**
 * What Pulumi calls, in a process that it starts for it. The serialized stub (providerStub.ts) loads this module by name, so
 * the names that it exports are a contract with every state ever written.
 */
import { createHandlers } from "./createHandlers";
import { withSecretMarks } from "./secretMarks";
import { Session } from "../resource/session";

// The engine configures once for each provider text, and two sessions would use twice the quota.
// eslint-disable-next-line no-restricted-syntax -- the one session of the process
const session = new Session();
const handlers = withSecretMarks(createHandlers(session, (line) => console.log(line)));

export const { configure, check, diff, create, read, update } = handlers;

const remove = handlers.delete;
export { remove as delete };
