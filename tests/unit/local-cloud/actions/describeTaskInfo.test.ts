import { start, stopAll } from "../support/cloud";
import { call } from "../support/exchange";

afterEach(stopAll);

const code = (Code: string) => ({ Error: { Code } });

it("DescribeTaskInfo refuses an unknown task with a code that it documents", async () => {
  const describing = { action: "DescribeTaskInfo", parameters: { TaskId: 1 } };
  expect(await call(await start(), describing)).toMatchObject(code("InvalidParameter.InvalidParameter"));
});
