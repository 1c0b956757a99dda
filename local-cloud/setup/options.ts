import type { PasswordTime, Privilege, ReadonlyPolicy } from "../model/accounts";
import type { RequestRecord } from "../server/requestRecord";

/** How to start a local cloud. */
export interface LocalCloudOptions {
  /** The port of the API on 127.0.0.1. @default 0, any free port */
  readonly port?: number;
  /**
   * The instances, by id: the password that an instance starts with, or its options; undefined for an unknown random
   * password in the first region.
   *
   * @default `crs-5a4py64p`, the id in the vendor's documentation
   */
  readonly instances?: Readonly<Record<string, string | InstanceOptions | undefined>>;
  /** The region of this cloud, or several; `ap-shanghai-fsi` and its like keep the rule for finance regions. @default "ap-guangzhou" */
  readonly region?: string | readonly string[];
  /** The API key that requests must be signed with. @default a random one */
  readonly secretId?: string;
  /** The secret of that key. @default a random one */
  readonly secretKey?: string;
  /** Another Tencent Cloud account with its own permanent key. It sees none of this cloud's instances. @default none */
  readonly otherAccount?: OtherAccountOptions;
  /** Temporary keys that are accepted in addition to those that this cloud issues. @default none */
  readonly temporaryKeys?: readonly TemporaryKeyOptions[];
  /** The longest life of the temporary keys that this cloud issues, in seconds. @default 7200 */
  readonly temporaryKeySeconds?: number;
  /** The ARNs of the roles that can be assumed. @default any */
  readonly roles?: readonly string[];
  /** The web identity token that AssumeRoleWithWebIdentity accepts. @default any that is not empty and not expired */
  readonly webIdentityToken?: string;
  /** The role of the virtual machine, for the metadata service. @default none is bound to it */
  readonly cvmRole?: string;
  /** How long every task takes, in seconds. @default 1 */
  readonly taskSeconds?: number;
  /**
   * How many requests of one action and region are served per second. Actions with a higher documented limit than 20
   * have the same multiple of this: DescribeTaskList five times, AssumeRole thirty times.
   *
   * @default 20
   */
  readonly requestsPerSecond?: number;
  /** How far the times that the Redis API writes and reads are ahead of UTC, from -12 to 14. @default 8, China's */
  readonly timeZoneHours?: number;
  /**
   * What happens to the PasswordLastModifiedTime of an account. `kept`: it moves with each change of the password.
   * `stays`: ResetPassword does not move that of root, ModifyInstanceAccount does. `empty`: there is none, nor a
   * CreateTime, as for accounts made before the service kept them.
   *
   * @default "kept"
   */
  readonly passwordTime?: PasswordTime;
  /**
   * The clock of the cloud: for signatures, keys, and all times in answers. How long tasks take, and the quota of
   * requests, follow the real clock.
   *
   * @default the real one
   */
  readonly now?: () => Date;
  /**
   * The faults, each as `ACTION=KIND`, or `ACTION=KIND*N` for the next N requests of that action only:
   * `ResetPassword=drop-response*1`. docs/local-cloud.md lists the kinds.
   *
   * @default nothing
   */
  readonly faults?: readonly string[];
  /** Called after each request, also to the metadata service. The record holds no secret. */
  readonly onRequest?: (record: RequestRecord) => void;
  /**
   * Called when the Redis server of an instance ends before the cloud is stopped. The cloud goes on: the instance is
   * unreachable, and tasks that change it fail.
   *
   * @param reason such as `signal SIGKILL`
   */
  readonly onServerEnd?: (instanceId: string, reason: string) => void;
}

/** How an instance starts. */
export interface InstanceOptions {
  /** Empty for no password. @default an unknown random one */
  readonly password?: string;
  /** Where it is. @default the first region of the cloud */
  readonly region?: string;
  /** That of root. @default that of the cloud */
  readonly passwordTime?: PasswordTime;
  /**
   * Its custom accounts, by name: the password that an account starts with, or its options; undefined for an unknown
   * random password. A client signs in to one with the single password `<account>@<password>`.
   *
   * @default none
   */
  readonly accounts?: Readonly<Record<string, string | AccountOptions | undefined>>;
}

/** How a custom account starts. */
export interface AccountOptions {
  /** @default an unknown random one */
  readonly password?: string;
  /** What it may do: read, write, or both. @default "rw" */
  readonly privilege?: Privilege;
  /** The nodes that its requests are routed to; only listed by the API. @default ["master"] */
  readonly readonlyPolicy?: ReadonlyPolicy;
  /** @default "" */
  readonly remark?: string;
  /** @default that of the cloud */
  readonly passwordTime?: PasswordTime;
}

/** A Tencent Cloud account, and its permanent key. */
export interface OtherAccountOptions {
  /** Its UIN, digits only. */
  readonly accountId: string;
  readonly secretId: string;
  readonly secretKey: string;
}

/** A temporary key that was issued elsewhere. */
export interface TemporaryKeyOptions {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token: string;
  readonly expiresAt: Date;
}
