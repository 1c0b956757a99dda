import { listTasks, refusal, serviceTime, task } from "../../../support/fakeService";
import { updatePassword } from "../../../support/updatePassword";

it("if another task has won, and the second reset is refused by the state of the instance, the advice for that is the only one", async () => {
  const won = task(99, { EndTime: serviceTime(9) });
  const ours = task(100, { EndTime: serviceTime(5) });
  const { outcome } = await updatePassword({
    DescribeTaskList: [listTasks(), listTasks(ours, won)],
    ResetPassword: [{ TaskId: 100 }, refusal("ResourceUnavailable.InstanceStatusError")],
    DescribeInstances: { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: -2 }] },
  });
  expect(outcome).toMatchObject({
    message: expect.stringMatching(
      /is isolated \(.*\)\. Restore the instance in the console, then run `pulumi up`: until then, the old or the new/,
    ) as string,
  });
});
