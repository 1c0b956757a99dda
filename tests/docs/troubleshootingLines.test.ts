import { resolveCredentials } from "../../provider/tencentcloud/credentials";
import { documentedWholeLines } from "../support/documentedLines";
import { failureOf } from "../unit/support/failure";
import { type Answers, handlersOn, listOf, refusal, task, unfinished } from "../unit/support/fakeService";
import { id, newPassword, state } from "../unit/support/resource";
import { type Values, surroundings } from "../unit/support/surroundings";
import { useTemporaryHome } from "../unit/support/temporaryHome";

it.each<[string, Answers]>([
  ["Another task may set the password", { DescribeTaskList: listOf(unfinished(99)) }],
  ["Another task had not ended after the reset", { DescribeTaskList: [listOf(), listOf(unfinished(99), task(100))] }],
  ["Other changes cannot be looked up", { DescribeTaskList: refusal("UnauthorizedOperation") }],
  ["The service gave no task", { ResetPassword: { TaskId: 0 } }],
  ["The task ended with an error", { DescribeTaskInfo: { Status: "error" } }],
  ["The service fails", { ResetPassword: refusal("InternalError", "Database error.") }],
  [
    "The instance is to be deleted",
    {
      ResetPassword: refusal("ResourceUnavailable.InstanceStatusAbnormal"),
      DescribeInstances: { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: -3 }] },
    },
  ],
])("the lines below “%s” are what is shown", async (heading, answers) => {
  const { checked, update, lines } = handlersOn(answers);
  const error: unknown = await update(id, state(), checked({ password: newPassword })).catch(
    (thrown: unknown) => thrown,
  );
  const shown = [...lines, ...(error instanceof Error ? [error.message] : [])];
  for (const line of documentedWholeLines(heading)) expect(shown).toContainEqual(expect.stringMatching(line));
});

const home = useTemporaryHome();

it.each<[string, Values]>([
  ["Two identities are selected", { TENCENTCLOUD_SECRET_ID: "AKIDexample", TENCENTCLOUD_PROFILE: "prod" }],
  ["The key of a login has expired", {}],
])("the lines below “%s” are the error", async (heading, environment) => {
  const login = { type: "oauth", secretId: "AKIDexample", secretKey: "k", token: "t", expiresAt: 1_500_000_000 };
  home.write(".tccli/default.credential", JSON.stringify(login));
  const error = await failureOf(() => resolveCredentials(surroundings({ environment, homeDirectory: home.at() })));
  const [line] = documentedWholeLines(heading);
  expect((error as Error).message).toMatch(line as RegExp);
});
