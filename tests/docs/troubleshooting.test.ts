import { resolveCredentials } from "../../provider/tencentcloud/credentials";
import { transportError } from "../../provider/tencentcloud/transport/transportFailure";
import { documentedHeadings, documentedLines, documentedWholeLines } from "../support/documentedLines";
import { headingsOfEngineTests } from "../support/troubleshootingHeadings";
import { catchError } from "../unit/support/failure";
import { handlersOn } from "../unit/support/fakeService";
import { id, newPassword, program, state, unknown } from "../unit/support/resource";
import { credentialContext } from "../unit/support/credentialContext";
import { useTemporaryHome } from "../unit/support/temporaryHome";
import { failingCredentials, failingUpdates, transportFailures } from "./support/failures";
import { type HandlerRun, handlerRuns, worldFor } from "./support/handlerRuns";

it.each<HandlerRun>(handlerRuns)("the lines below “%s” are printed", async (heading, answers, ...acts) => {
  const handlers = handlersOn(answers, worldFor(heading));
  const { lines } = handlers;
  for (const act of acts) {
    try {
      await act(handlers);
    } catch (error) {
      lines.push((error as Error).message);
    }
  }
  for (const line of documentedLines(heading)) expect(lines).toContainEqual(expect.stringMatching(line));
});

it.each(failingUpdates)("the lines below “%s” are printed by an update", async (heading, answers) => {
  const { checked, update, lines } = handlersOn(answers);
  const error: unknown = await update(id, state(), checked({ password: newPassword })).catch(
    (thrown: unknown) => thrown,
  );
  const shown = [...lines, ...(error instanceof Error ? [error.message] : [])];
  for (const line of documentedWholeLines(heading)) expect(shown).toContainEqual(expect.stringMatching(line));
});

const home = useTemporaryHome();

it.each(failingCredentials)("the line below “%s” is the error", async (heading, environment) => {
  const login = { type: "oauth", secretId: "AKIDexample", secretKey: "k", token: "t", expiresAt: 1_500_000_000 };
  home.write(".tccli/default.credential", JSON.stringify(login));
  const error = await catchError(() =>
    resolveCredentials(credentialContext({ environment, homeDirectory: home.at() })),
  );
  const [line] = documentedWholeLines(heading);
  expect((error as Error).message).toMatch(line as RegExp);
});

it.each(transportFailures)("the lines below “%s” are printed by a request without a response", (heading, error) => {
  const { message } = transportError({ action: "ResetPassword", host: "a.example", isSent: false, error });
  for (const line of documentedLines(heading)) expect(message).toMatch(line);
});

/** Every heading whose lines a test compares with real output. */
const compared = [
  ...headingsOfEngineTests,
  ...[...handlerRuns, ...failingUpdates, ...failingCredentials, ...transportFailures].map(([heading]) => heading),
];

it.each(documentedHeadings)("a test compares the lines below “%s” with real output", (heading) => {
  expect(compared).toContain(heading);
});

it("every heading that an engine test compares is on the page", () => {
  expect(headingsOfEngineTests.filter((heading) => !documentedHeadings.includes(heading))).toEqual([]);
});

it("a preview names an onCreate that is not known yet", () => {
  const { check, lines } = handlersOn();
  check({}, program({ onCreate: unknown }));
  expect(lines).toEqual(["crs-5a4py64p: the password will be set, or adopted"]);
});
