import { createHandlers } from "../../../provider/engine/createHandlers";
import { Session } from "../../../provider/resource/session/session";
import { createSleepClock } from "./clock";
import { noteErrors, noteLine } from "./documentedOutput";

type Environment = Readonly<Record<string, string | undefined>>;
let environment: Environment = {};

/** Adds variables to the handlers' environment in this test, which is empty at first. */
export const setEnvironment = (added: Environment): void => void (environment = { ...environment, ...added });

/** Creates the handlers with a separate session for each test, so that tests are independent. */
const createNoted = () => {
  const session = new Session({
    clock: createSleepClock(),
    environment: (name) => environment[name],
    homeDirectory: "/nonexistent",
  });
  return createHandlers(session, (line) => {
    noteLine(line);
    console.log(line);
  });
};
let current = createNoted();
beforeEach(() => {
  environment = {};
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
