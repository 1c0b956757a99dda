import { acceptedTask } from "../../support/acceptedTask";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import { TaskReader } from "../../../provider/tencentcloud/redis/taskReader";
import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";
import { waitForTask } from "../../../provider/tencentcloud/redis/waitForTask";
import { credentialsWith } from "../../support/credentials";
import { type Fixture, cacheArgs } from "./fixture";
import { standaloneClient } from "../../support/standaloneClient";

export type SomebodyElse = ReturnType<typeof somebodyElse>;

/** Returns functions that change the instance like somebody else, in the vendor's console or with another client. */
export function somebodyElse({ cloud }: Fixture, instanceId = cacheArgs.instanceId) {
  const { region } = cloud;
  const credentials = () => Promise.resolve(credentialsWith(cloud));
  const client = standaloneClient({ endpoint: new URL(cloud.endpoint), region, credentials });
  const change = async (action: string, parameters: object): Promise<void> => {
    const deadline = deadlineIn(30, systemClock);
    const { TaskId } = await client({ action, parameters: { InstanceId: instanceId, ...parameters }, deadline });
    await waitForTask(
      client,
      acceptedTask({ taskId: TaskId as number, instanceId }),
      deadline,
      new TaskReader(systemClock),
      new Redactor(),
    );
  };
  return {
    waitsForTheReset: () =>
      waitForTask(
        client,
        acceptedTask({ taskId: firstTaskId, instanceId }),
        deadlineIn(30, systemClock),
        new TaskReader(systemClock),
        new Redactor(),
      ),
    resets: (password: string) => change("ResetPassword", { Password: password }),
    switchesPasswordFree: () => change("ResetPassword", { NoAuth: true }),
    changesTheAccount: (changes: object) => change("ModifyInstanceAccount", { AccountName: "root", ...changes }),
  };
}

/** The first id in a new cloud. */
const firstTaskId = 16657;
