import type { InstanceState } from "../model/condition";
import { type Instance, isPasswordFree } from "../model/instances";
import type { Region } from "../model/regions";
import { takePage, pageParameters } from "../protocol/page";
import { toServiceTime } from "../protocol/serviceTime";
import type { Action } from "./action";

/** @see https://cloud.tencent.com/document/api/239/20018 */
export const describeInstances: Readonly<Action<Region>> = {
  parameters: {
    ...pageParameters,
    InstanceId: { type: "string" },
    OrderBy: { type: "string" },
    OrderType: { type: "integer" },
    VpcIds: { type: { listOf: "string" } },
    SubnetIds: { type: { listOf: "string" } },
    SearchKey: { type: "string" },
    ProjectIds: { type: { listOf: "integer" } },
    InstanceName: { type: "string" },
    UniqVpcIds: { type: { listOf: "string" } },
    UniqSubnetIds: { type: { listOf: "string" } },
    RegionIds: { type: { listOf: "integer" } },
    Status: { type: { listOf: "integer" } },
    TypeVersion: { type: "integer" },
    EngineName: { type: "string" },
    AutoRenew: { type: { listOf: "integer" } },
    BillingMode: { type: "string" },
    Type: { type: "integer" },
    SearchKeys: { type: { listOf: "string" } },
    TypeList: { type: { listOf: "integer" } },
    MonitorVersion: { type: "string" },
    InstanceTags: {
      type: {
        listOf: {
          fields: { TagKey: { type: "string", required: true }, TagValue: { type: "string", required: true } },
        },
      },
    },
    TagKeys: { type: { listOf: "string" } },
    ProductVersions: { type: { listOf: "string" } },
    InstanceIds: { type: { listOf: "string" } },
    AzMode: { type: "string" },
  },
  run(region, parameters) {
    const found = [...region.instances.values()].filter(filterFor(parameters));
    const page = takePage(found, parameters, 1000);
    return { TotalCount: found.length, InstanceSet: page.map((instance) => describe(instance, region)) };
  },
};

/** The filters that distinguish instances of this cloud. All others are accepted and ignored. */
interface Filters {
  readonly InstanceId?: string;
  readonly InstanceIds?: readonly string[];
  readonly InstanceName?: string;
  readonly SearchKey?: string;
  readonly SearchKeys?: readonly string[];
  readonly Status?: readonly number[];
}

/** Matches names against ids: an instance's name is its id. */
function filterFor(filters: Filters): (instance: Instance) => boolean {
  const { InstanceId, InstanceIds, InstanceName, SearchKey, SearchKeys, Status } = filters;
  return ({ instanceId, condition }) =>
    condition.state !== "gone" &&
    (!InstanceId || instanceId === InstanceId) &&
    (!InstanceIds?.length || InstanceIds.includes(instanceId)) &&
    (!InstanceName || instanceId === InstanceName) &&
    (!SearchKey || instanceId.includes(SearchKey)) &&
    (!SearchKeys?.length || SearchKeys.some((key) => instanceId.includes(key) || key === address)) &&
    (!Status?.length || Status.includes(toStatus(condition.state)));
}

/** The service's numbers. */
const statuses = { normal: 2, locked: 1, isolated: -2, deleted: -3 } as const;

const toStatus = (state: InstanceState): number => statuses[state === "gone" ? "deleted" : state];

const address = "127.0.0.1";

/** The numbers that the service documents for some regions. */
const regionIds: ReadonlyMap<string, number> = new Map([
  ["ap-guangzhou", 1],
  ["ap-shanghai", 4],
  ["ap-hongkong", 5],
  ["ap-shanghai-fsi", 7],
  ["ap-beijing", 8],
  ["ap-singapore", 9],
  ["ap-shenzhen-fsi", 11],
  ["na-siliconvalley", 15],
  ["ap-chengdu", 16],
  ["eu-frankfurt", 17],
  ["ap-seoul", 18],
  ["ap-chongqing", 19],
  ["na-ashburn", 22],
  ["ap-bangkok", 23],
  ["ap-tokyo", 25],
]);

const describe = (
  { instanceId, server, createdAt, root, condition }: Instance,
  { name, timeZoneHours }: Region,
): object => ({
  ...sameForAll,
  InstanceName: instanceId,
  InstanceId: instanceId,
  Status: toStatus(condition.state),
  RegionId: regionIds.get(name) ?? 0,
  Port: server.port,
  Createtime: toServiceTime(createdAt, timeZoneHours),
  SlaveReadWeight: root.readonlyPolicy.includes("replication") ? 100 : 0,
  NoAuth: isPasswordFree({ root }),
  PasswordFree: isPasswordFree({ root }) ? 1 : 0,
  Region: name,
});

/** The fields of a small pay-as-you-go instance in the basic network. */
const sameForAll = {
  Appid: 1250000000,
  ProjectId: 0,
  ZoneId: 0,
  VpcId: 0,
  SubnetId: 0,
  WanIp: address,
  Size: 1024,
  SizeUsed: 0,
  Type: 17,
  AutoRenewFlag: 0,
  DeadlineTime: "0000-00-00 00:00:00",
  Engine: "Redis",
  ProductType: "standalone",
  UniqVpcId: "",
  UniqSubnetId: "",
  BillingMode: 0,
  InstanceTitle: "运行中",
  OfflineTime: "",
  SubStatus: 0,
  Tags: [],
  InstanceNode: [],
  RedisShardSize: 1024,
  RedisShardNum: 1,
  RedisReplicasNum: 0,
  PriceId: 0,
  CloseTime: "0000-00-00 00:00:00",
  InstanceTags: [],
  ProjectName: "默认项目",
  ClientLimit: 10000,
  DtsStatus: 0,
  NetLimit: 24,
  Vip6: "",
  IPv6: "",
  ReadOnly: 0,
  RemainBandwidthDuration: "",
  DiskSize: 0,
  MonitorVersion: "5s",
  ClientLimitMin: 10000,
  ClientLimitMax: 40000,
  NodeSet: [],
  WanAddress: "",
  PolarisServer: "",
  RedisClusterId: "",
  DedicatedClusterId: "",
  ProductVersion: "local",
  CurrentProxyVersion: "",
  CurrentRedisVersion: "",
  UpgradeProxyVersion: "",
  UpgradeRedisVersion: "",
  BackupMode: "NormalLevelBackup",
  DeleteProtectionSwitch: 0,
} as const;
