import type { Instance } from "../instances";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/239/20018 */
export const describeInstances: Action = {
  parameters: {
    InstanceId: { type: "string" },
    Limit: { type: "integer" },
    Offset: { type: "integer" },
  },
  run({ region, instances }, { InstanceId, Limit = 20, Offset = 0 }) {
    const found = [...instances.values()].filter(({ instanceId }) => !InstanceId || instanceId === InstanceId);
    const page = found.slice(Offset as number, (Offset as number) + (Limit as number));
    return { TotalCount: found.length, InstanceSet: page.map((instance) => describe(instance, region)) };
  },
};

const runningStatus = 2;

const describe = ({ instanceId, server, noAuth }: Instance, region: string): object => ({
  InstanceId: instanceId,
  InstanceName: instanceId,
  Region: region,
  Status: runningStatus,
  WanIp: "127.0.0.1",
  Port: server.port,
  NoAuth: noAuth,
});
