import type { AcceptedTask } from "../../provider/tencentcloud/redis/waitForTask";

/** Returns a task of a reset that the service accepted at the beginning of 1970. */
export const acceptedTask = (known: Partial<AcceptedTask> = {}): AcceptedTask => ({
  action: "ResetPassword",
  taskId: 16657,
  instanceId: "crs-5a4py64p",
  requestId: "r1",
  acceptedAtMs: 0,
  ...known,
});
