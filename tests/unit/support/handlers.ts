import { createHandlers } from "../../../provider/methods";
import { Session } from "../../../provider/session";

/** The handlers as Pulumi calls them, in a session of each test's own: what a run knows is not another test's. */
let current = createHandlers(new Session());
beforeEach(() => {
  current = createHandlers(new Session());
});

type Handlers = typeof current;

export const configure: Handlers["configure"] = (...args) => current.configure(...args);
export const check: Handlers["check"] = (...args) => current.check(...args);
export const diff: Handlers["diff"] = (...args) => current.diff(...args);
export const create: Handlers["create"] = (...args) => current.create(...args);
export const read: Handlers["read"] = (...args) => current.read(...args);
export const update: Handlers["update"] = (...args) => current.update(...args);
export const forget: Handlers["delete"] = (...args) => current.delete(...args);
