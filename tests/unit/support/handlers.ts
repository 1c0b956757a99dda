import { createHandlers } from "../../../provider/engine/createHandlers";
import { Session } from "../../../provider/resource/session";
import { noteErrors, noteLine } from "./documentedOutput";

/** The handlers as Pulumi calls them, in a session of each test's own: what a run knows is not another test's. */
const createNoted = () => {
  const print = (line: string): void => {
    noteLine(line);
    console.log(line);
  };
  return createHandlers(new Session(), print);
};
let current = createNoted();
beforeEach(() => {
  current = createNoted();
});

type Handlers = typeof current;

export const configure: Handlers["configure"] = (...args) => current.configure(...args);
export const check: Handlers["check"] = (...args) => noteErrors(current.check)(...args);
export const diff: Handlers["diff"] = (...args) => noteErrors(current.diff)(...args);
export const create: Handlers["create"] = (...args) => noteErrors(current.create)(...args);
export const read: Handlers["read"] = (...args) => noteErrors(current.read)(...args);
export const update: Handlers["update"] = (...args) => noteErrors(current.update)(...args);
export const forget: Handlers["delete"] = (...args) => current.delete(...args);
