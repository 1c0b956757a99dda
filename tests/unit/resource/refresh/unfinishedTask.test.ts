import { read } from "../../support/handlers";
import { type Respond } from "../../support/httpServer";
import { captureOutput } from "../../support/output";
import { id, state } from "../../support/resource";
import {
  type Exchange,
  describeAccount,
  describeTasks,
  listed,
  refuse,
  useScriptedApi,
} from "../../support/scriptedApi";
import { isThere, noTime, ours, times } from "../../support/earlierReset";

const api = useScriptedApi();
const output = captureOutput();

const refused = refuse("UnauthorizedOperation", "No.");

describe("an unfinished task that may set another password", () => {
  const running = { TaskId: 22222, Result: 1, StartTime: "2026-01-01 09:00:00" };
  const recorded = state({ ...times, newestTaskId: 11111 });
  const lists = (respond: Respond, account = noTime): Exchange[] => [account, describeTasks(respond)];
  /** Later, password-free mode may have been switched on, too. */
  const later = (respond: Respond, account = noTime): Exchange[] => [...lists(respond, account), isThere];

  /** The calendar of these tests: the task is not a day old. */
  const today: Respond = (response, request) => {
    response.setHeader("Date", "Thu, 01 Jan 2026 02:00:00 GMT");
    listed(running, ours)(response, request);
  };
  const tomorrow: Respond = (response, request) => {
    response.setHeader("Date", "Fri, 02 Jan 2026 02:00:00 GMT");
    listed(running, ours)(response, request);
  };

  it("is waited for", async () => {
    api.expect(isThere, ...lists(today), ...later(today), ...later(listed({ ...running, Result: 4 }, ours)));
    await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
    expect(output()).toEqual([]);
  });

  it("is drift if it is still running after a while", async () => {
    api.expect(isThere, ...lists(today), ...Array.from({ length: 10 }, () => later(today)).flat());
    const reason = "task 22222, which may set another password, had not ended";
    await expect(read(id, recorded)).resolves.toMatchObject({ props: { status: "drifted", reason } });
    expect(output()).toEqual([`crs-5a4py64p: ${reason}; the next pulumi up resets the password to the program's`]);
  });

  it("is ignored if it has been running for more than a day", async () => {
    api.expect(isThere, ...lists(tomorrow));
    await expect(read(id, recorded)).resolves.toStrictEqual({ id, props: recorded });
  });

  it("is waited for, and a failed read is reported once", async () => {
    const denied = describeAccount(refused);
    api.expect(isThere, ...lists(today, denied), ...later(today, denied), ...later(listed(ours), denied));
    await read(id, recorded);
    expect(output()).toHaveLength(1);
  });
});
