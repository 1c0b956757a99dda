import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { compare, ours, refusal, setBySomebodyElse } from "../../support/compare";

it("the time and all tasks are read once each", async () => {
  const { asked } = await compare({ setAt: "12:00:05", resets: [ours] });
  expect(asked).toEqual(["DescribeInstanceAccount", "DescribeTaskList"]);
});

describe("if the service does not return", () => {
  const lost = new TransportError("DescribeInstanceAccount", "lost", "timed out");

  it.each<[string, Error, string]>([
    [
      "for lack of a permission",
      refusal("DescribeInstanceAccount"),
      "DescribeInstanceAccount failed: No. (UnauthorizedOperation, request r1). " +
        "Grant the CAM action redis:DescribeInstanceAccount.",
    ],
    ["after a lost response", lost, "DescribeInstanceAccount got no usable answer: timed out"],
  ])(
    "the time, a line is logged, the tasks are still compared, and the baseline stays: %s",
    async (_, setAt, reason) => {
      const said = [`could not read when the password was last set: ${reason}`];
      const drifted = await compare({ setAt, resets: [ours, [101, "13:00:00"]] });
      expect(drifted).toMatchObject({ reason: setBySomebodyElse("13:00:00"), said });
      const same = await compare({ setAt, resets: [ours] });
      expect(same).toMatchObject({ unfinished: [], said });
      expect(same.reason).toBeUndefined();
      expect(same.baseline).toBeUndefined();
    },
  );

  it.each([
    ["a refusal", refusal("DescribeTaskList")],
    ["an unusable response", new TransportError("DescribeTaskList", "unusable", "no list")],
  ])("the tasks, a line is logged, the time is still compared, and the baseline stays: %s", async (_, list) => {
    const said = [expect.stringMatching(/^could not read which tasks have set the password: /)];
    expect(await compare({ setAt: "12:07:00", list })).toMatchObject({ reason: setBySomebodyElse("12:07:00"), said });
    const same = await compare({ setAt: "12:00:05", list });
    expect(same).toMatchObject({ unfinished: [], said });
    expect(same.reason).toBeUndefined();
    expect(same.baseline).toBeUndefined();
  });
});
