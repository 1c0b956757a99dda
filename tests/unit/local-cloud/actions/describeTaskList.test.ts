import { formatChinaTime } from "../support/chinaTime";
import { settled, start, stopAll } from "../support/cloud";
import { type Answer, call } from "../support/exchange";
import { documented, reset } from "../support/requests";

afterEach(stopAll);

const instanceId = documented.InstanceId;
const serviceTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string;
const code = (Code: string) => ({ Error: { Code } });

describe("DescribeTaskList", () => {
  const describing = (port: number, parameters: object) => call(port, { action: "DescribeTaskList", parameters });
  const ids = ({ Tasks }: Answer): unknown[] => (Tasks as { TaskId: number }[]).map(({ TaskId }) => TaskId);

  /** Starts a cloud with three tasks, 16657 to 16659. */
  async function withTasks(): Promise<number> {
    const port = await start();
    await call(port, reset);
    await call(port, { ...reset, parameters: { InstanceId: "crs-second", NoAuth: true } });
    const parameters = { InstanceId: "crs-second", AccountName: "root", Remark: "by hand" };
    await call(port, { action: "ModifyInstanceAccount", parameters });
    await settled();
    return port;
  }

  it("returns all fields of a task", async () => {
    const { Tasks, TotalCount } = await describing(await withTasks(), { InstanceId: instanceId });
    expect(TotalCount).toBe(1);
    expect(Tasks).toEqual([
      {
        TaskId: 16657,
        StartTime: serviceTime,
        TaskType: "007",
        InstanceName: instanceId,
        InstanceId: instanceId,
        ProjectId: 0,
        Progress: 1,
        EndTime: serviceTime,
        Result: 2,
      },
    ]);
  });

  it("returns a running task", async () => {
    const port = await start({ taskSeconds: 60 });
    await call(port, reset);
    expect((await describing(port, {})).Tasks).toMatchObject([{ Result: 0, Progress: 0, EndTime: "" }]);
  });

  const hour = 3_600_000;

  it.each<[object, number[]]>([
    [{}, [16659, 16658, 16657]],
    [{ InstanceId: "crs-second" }, [16659, 16658]],
    [{ InstanceName: "crs-second" }, [16659, 16658]],
    [{ InstanceId: "crs-1" }, []],
    [{ TaskTypes: [] }, [16659, 16658, 16657]],
    [{ TaskTypes: ["007", "035"] }, [16658, 16657]],
    [{ TaskTypes: ["FLOW_SETPWD"] }, [16657]],
    [{ Result: [2] }, [16659, 16658, 16657]],
    [{ Result: [0, 1, 4] }, []],
    [{ OperateUin: ["100000000001"] }, [16659, 16658, 16657]],
    [{ OperateUin: ["1"] }, []],
    [{ ProjectIds: [7], TaskStatus: [7], OperatorUin: [7] }, [16659, 16658, 16657]],
    [
      { BeginTime: formatChinaTime(Date.now() - hour), EndTime: formatChinaTime(Date.now() + hour) },
      [16659, 16658, 16657],
    ],
    [{ BeginTime: formatChinaTime(Date.now() + hour) }, []],
    [{ EndTime: formatChinaTime(Date.now() - hour) }, []],
    [{ Limit: 2 }, [16659, 16658]],
    [{ Limit: 2, Offset: 2 }, [16657]],
    [{ Limit: 1000 }, [16659, 16658, 16657]],
  ])("filters by %j", async (parameters, expected) => {
    expect(ids(await describing(await withTasks(), parameters))).toEqual(expected);
  });

  it.each([
    [{ BeginTime: "yesterday" }, "InvalidParameter.Period"],
    [{ EndTime: "2026-13-01 00:00:00" }, "InvalidParameter.Period"],
    [{ Limit: 0 }, "InvalidParameterValue"],
    [{ Offset: 90, Limit: 100 }, "InvalidParameterValue"],
    [{ Offset: 10 }, "InvalidParameterValue"],
  ])("refuses %j", async (parameters, expected) => {
    expect(await describing(await start(), parameters)).toMatchObject(code(expected));
  });

  it("returns 20 tasks per page by default, and never more than 100", async () => {
    const port = await start();
    for (let count = 0; count < 101; count++) await call(port, reset);
    expect(ids(await describing(port, {}))).toHaveLength(20);
    expect(ids(await describing(port, { Limit: 101 }))).toHaveLength(100);
  });
});
