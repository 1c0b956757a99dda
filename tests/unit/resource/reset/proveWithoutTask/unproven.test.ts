import { type Answers, handlersOn, listTasks, refusal, serviceTime, task } from "../../../support/fakeService";
import { makeFingerprint, id, newPassword, state } from "../../../support/resource";
import { accountSetAt, known, outOfPasswordFreeMode, updateWithoutTask } from "../../../support/withoutTask";

const verify = { host: "10.0.0.1", port: 6379 };
const noProof = "the service accepted the reset without a task, and nothing shows that it was carried out";
const isInDoubt = {
  name: "RecordedFailure",
  message: expect.stringMatching(
    new RegExp(
      `^ResetPassword failed: ${noProof} \\(request r\\d+\\)\\. Run \`pulumi up\` to send the password again\\.$`,
    ),
  ) as string,
  properties: { status: "failed", reason: noProof, passwordFingerprint: makeFingerprint(newPassword) },
};

describe("a reset is not proven to be carried out", () => {
  it.each<[string, Answers]>([
    ["if password-free mode is off, and may have been off before", {}],
    ["if all resets were known before", { DescribeTaskList: known }],
    [
      "if it is unknown which resets there were before",
      { DescribeTaskList: [refusal("ResourceNotFound.InstanceNotExists"), known] },
    ],
    [
      "if only other tasks have ended since",
      { DescribeTaskList: [known, listTasks(task(99, { TaskType: "037" }), task(98))] },
    ],
    ["if a reset has failed since", { DescribeTaskList: [known, listTasks(task(99, { Result: 4 }), task(98))] }],
    ["if the time of the password stays the same", { DescribeInstanceAccount: accountSetAt(serviceTime(9)) }],
    [
      "if nothing can be read",
      {
        DescribeInstanceAccount: refusal("UnauthorizedOperation"),
        DescribeInstances: refusal("UnauthorizedOperation"),
        DescribeTaskList: refusal("UnauthorizedOperation"),
      },
    ],
  ])("%s", async (_, answers) => {
    const { outcome, count } = await updateWithoutTask(answers);
    expect(outcome).toMatchObject(isInDoubt);
    expect(outcome).not.toHaveProperty("properties.taskId");
    expect(count("ResetPassword")).toBe(1);
  });

  it("if the time of the password is before the acceptance, in a known time zone", async () => {
    const olds = state({ resetAt: "2026-01-01T00:00:00.000Z", taskStartTime: "2026-01-01 08:00:01" });
    const { outcome } = await updateWithoutTask({ DescribeInstanceAccount: accountSetAt(serviceTime(-1)) }, { olds });
    expect(outcome).toMatchObject(isInDoubt);
  });

  it("if the instance is still in password-free mode", async () => {
    const { outcome } = await updateWithoutTask(
      { DescribeInstances: { InstanceSet: [{ InstanceId: "crs-5a4py64p", NoAuth: true }] } },
      { olds: outOfPasswordFreeMode },
    );
    expect(outcome).toMatchObject(isInDoubt);
  });

  it("if the instance is unreachable, which is reported once", async () => {
    const unknown = { outcome: "unknown", reason: "timed out" } as const;
    const world = { verifyPassword: () => Promise.resolve(unknown) };
    const { outcome, lines } = await updateWithoutTask({}, { inputs: { verify }, world });
    expect(outcome).toMatchObject(isInDoubt);
    expect(lines).toEqual(["crs-5a4py64p: warning: the password could not be verified at 10.0.0.1:6379: timed out"]);
  });

  it("and the next up sends the password once more", async () => {
    const { outcome } = await updateWithoutTask({});
    const { properties } = outcome as { properties: ReturnType<typeof state> };
    const next = handlersOn();
    const news = next.checked({ password: newPassword });
    expect(next.diff(id, properties, news)).toEqual({ changes: true });
    await expect(next.update(id, properties, news)).resolves.toMatchObject({ outs: { status: "done", taskId: 100 } });
    expect(next.count("ResetPassword")).toBe(1);
  });
});
