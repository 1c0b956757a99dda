import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { type Answers, listTasks, refusal } from "../../support/fakeService";
import { accountId, makeFingerprint, newPassword, oldPassword } from "../../support/resource";
import { updateAccount } from "../../support/updatePassword";

const action = "ModifyInstanceAccount";
const done = { outs: { status: "done", account: "app", passwordFingerprint: makeFingerprint(newPassword, "app") } };

describe("a lost response to the change", () => {
  const lost = new TransportError(action, "lost", "timed out");
  /** Returns the number of changes at each count. */
  const counting = (...counts: number[]): Answers => {
    let turn = 0;
    return {
      DescribeTaskList: ({ Result, Limit }) => {
        if (Limit !== 1) return listTasks();
        return { TotalCount: Result ? 0 : (counts[Math.min(turn++, counts.length - 1)] ?? 0) };
      },
    };
  };

  it("is followed by the same request, after the changes of accounts are counted", async () => {
    const { outcome, sent } = await updateAccount({ ...counting(7), [action]: [lost, { TaskId: 100 }] });
    expect(outcome).toMatchObject(done);
    const [first, second] = sent.filter((each) => each.action === action).map(({ parameters }) => parameters);
    expect(second).toStrictEqual(first);
    const counted = sent.filter(({ parameters }) => parameters.Limit === 1 && !parameters.Result);
    expect(counted.map(({ parameters }) => parameters.TaskTypes)).toEqual([["037"]]);
  });

  it("puts the state in doubt if the service lists one more change each time", async () => {
    const { outcome, count } = await updateAccount({ ...counting(7, 8), [action]: lost });
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message: `${action} got no usable answer: timed out. Run \`pulumi up\` to send the password again: until then, the old or the new password may be valid.`,
      properties: { status: "failed", account: "app", passwordFingerprint: makeFingerprint(oldPassword, "app") },
      id: accountId,
    });
    expect(count(action)).toBe(2);
  });

  it("names the action again if the next attempt is refused", async () => {
    const { outcome } = await updateAccount({ ...counting(7), [action]: [lost, refusal("LimitExceeded")] });
    expect(outcome).toMatchObject({
      name: "RecordedFailure",
      message: expect.stringMatching(
        /^ModifyInstanceAccount got no usable answer: timed out; then ModifyInstanceAccount failed: No\. \(/,
      ) as string,
    });
  });
});
