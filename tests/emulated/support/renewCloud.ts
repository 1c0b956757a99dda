import { Faults } from "../../../local-cloud/faults/faults";
import { newAccount, newRootAccount } from "../../../local-cloud/model/accounts";
import { Condition } from "../../../local-cloud/model/condition";
import { type Instance, applyLogins } from "../../../local-cloud/model/instances";
import { Tasks, taskIds } from "../../../local-cloud/model/tasks";
import type { Cloud } from "../../../local-cloud/server/cloud";
import { RequestQuota } from "../../../local-cloud/server/requestQuota";
import type { CreatedCloud } from "../../../local-cloud/setup/createCloud";
import type { LocalCloudOptions } from "../../../local-cloud/setup/options";
import type { Logins } from "../../../local-cloud/system/redisServer";
import type { VirtualTime } from "../../../tools/virtualTime";

export type EmulatedCloudOptions = Omit<LocalCloudOptions, "instances"> & {
  /** The instances, and their initial passwords; empty for none. */
  readonly instances: Readonly<Record<string, string | FirstPasswords>>;
};

/** The initial passwords of an instance. */
interface FirstPasswords {
  readonly password: string;
  /** The passwords of its custom accounts, by name. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** Returns a cloud without history on the same Redis servers, which get their initial passwords again. */
export async function renewCloud(
  { cloud }: CreatedCloud,
  { taskSeconds = 1, faults, instances, ...others }: EmulatedCloudOptions,
  time: VirtualTime,
): Promise<Cloud> {
  const clock = time.forCloud;
  const nextTaskId = taskIds();
  const regions = new Map<string, ReturnType<Cloud["regions"]["get"]> & object>();
  for (const [name, region] of cloud.regions) {
    const fresh = new Map<string, Instance>();
    for (const [instanceId, { server }] of region.instances) {
      const createdAt = clock.now();
      const given = instances[instanceId] ?? "";
      const { password, accounts } = typeof given === "string" ? { password: given, accounts: {} } : given;
      const root = newRootAccount(password, createdAt);
      const customAccounts = Object.entries(accounts).map(([name, first]) =>
        newAccount({ name, password: first, createdAt }),
      );
      await applyLogins({ server, root, customAccounts });
      // The provider's own time stands still during these calls.
      const held = {
        port: server.port,
        setLogins: (next: Logins) => time.holdFor(server.setLogins(next)),
        stop: () => server.stop(),
      };
      const condition = new Condition(clock);
      fresh.set(instanceId, { instanceId, server: held, createdAt, root, customAccounts, condition });
    }
    const { passwordTime = region.passwordTime, timeZoneHours = region.timeZoneHours } = others;
    const tasks = new Tasks(taskSeconds, nextTaskId, clock);
    regions.set(name, { ...region, clock, tasks, instances: fresh, passwordTime, timeZoneHours });
  }
  return {
    ...cloud,
    clock,
    regions,
    quota: new RequestQuota(),
    faults: new Faults(faults),
    sts: { ...cloud.sts, clock },
  };
}
