import type { PasswordTime, Privilege, ReadonlyPolicy } from "../model/accounts";
import type { RequestRecord } from "../server/requestRecord";

/** Options of a local cloud. */
export interface LocalCloudOptions {
  /** The port of the API on 127.0.0.1. @default 0, any free port */
  readonly port?: number;
  /**
   * The instances, by id. The value is the initial password, or options; undefined means an unknown random password in
   * the first region.
   *
   * @default `crs-5a4py64p`, the id in the vendor's documentation
   */
  readonly instances?: Readonly<Record<string, string | InstanceOptions | undefined>>;
  /**
   * The region of this cloud, or several. Finance regions such as `ap-shanghai-fsi` are isolated.
   *
   * @default "ap-guangzhou"
   */
  readonly region?: string | readonly string[];
  /** The API key that requests must be signed with. @default a random one */
  readonly secretId?: string;
  /** The secret of that key. @default a random one */
  readonly secretKey?: string;
  /** Another Tencent Cloud account with its own permanent key. It sees none of this cloud's instances. @default none */
  readonly otherAccount?: OtherAccountOptions;
  /** Temporary keys that are accepted in addition to those that this cloud issues. @default none */
  readonly temporaryKeys?: readonly TemporaryKeyOptions[];
  /** The longest lifetime of the temporary keys that this cloud issues, in seconds. @default 7200 */
  readonly temporaryKeySeconds?: number;
  /** The ARNs of the roles that can be assumed. @default any */
  readonly roles?: readonly string[];
  /** The web identity token that AssumeRoleWithWebIdentity accepts. @default any non-empty token that is not expired */
  readonly webIdentityToken?: string;
  /** The role of the virtual machine, for the metadata service. @default none */
  readonly cvmRole?: string;
  /** How long every task takes, in seconds. @default 1 */
  readonly taskSeconds?: number;
  /**
   * How many requests per second are served for each action and region. Actions with a documented limit above 20 get
   * the same multiple of this number: DescribeTaskList five times, AssumeRole thirty times.
   *
   * @default 20
   */
  readonly requestsPerSecond?: number;
  /** The UTC offset, in hours from -12 to 14, of the times that the Redis API reads and writes. @default 8, China's */
  readonly timeZoneHours?: number;
  /**
   * What happens to the PasswordLastModifiedTime of an account. `kept`: each password change updates it. `stays`:
   * ResetPassword does not update that of root, ModifyInstanceAccount does. `empty`: there is none, nor a CreateTime,
   * as for accounts made before the service recorded these times.
   *
   * @default "kept"
   */
  readonly passwordTime?: PasswordTime;
  /**
   * The clock of the cloud, for signatures, keys and all times in responses. The duration of tasks and the rate limit
   * use the real clock.
   *
   * @default the real one
   */
  readonly now?: () => Date;
  /**
   * The faults, each as `ACTION=KIND`, or `ACTION=KIND*N` for the next N requests of that action only:
   * `ResetPassword=drop-response*1`. docs/local-cloud.md lists the kinds.
   *
   * @default none
   */
  readonly faults?: readonly string[];
  /** Called after each request, including those to the metadata service. The record holds no secret. */
  readonly onRequest?: (record: RequestRecord) => void;
  /**
   * Called if the Redis server of an instance ends before the cloud is stopped. The cloud keeps running: the instance
   * is unreachable, and tasks that change it fail.
   *
   * @param reason such as `signal SIGKILL`
   */
  readonly onServerEnd?: (instanceId: string, reason: string) => void;
}

/** The initial values of an instance. */
export interface InstanceOptions {
  /** The password of root; empty for none. @default an unknown random one */
  readonly password?: string;
  /** The region of the instance. @default the first region of the cloud */
  readonly region?: string;
  /** The value for root. @default that of the cloud */
  readonly passwordTime?: PasswordTime;
  /**
   * The custom accounts, by name. The value is the initial password, or options; undefined means an unknown random
   * password. A client signs in with the single password `<account>@<password>`.
   *
   * @default none
   */
  readonly accounts?: Readonly<Record<string, string | AccountOptions | undefined>>;
}

/** The initial values of a custom account. */
export interface AccountOptions {
  /** @default an unknown random one */
  readonly password?: string;
  /** The permissions: read, write, or both. @default "rw" */
  readonly privilege?: Privilege;
  /** The nodes that its requests are routed to. The API returns them, but they have no effect. @default ["master"] */
  readonly readonlyPolicy?: ReadonlyPolicy;
  /** @default "" */
  readonly remark?: string;
  /** @default that of the cloud */
  readonly passwordTime?: PasswordTime;
}

/** A Tencent Cloud account, and its permanent key. */
export interface OtherAccountOptions {
  /** The UIN of the account, digits only. */
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
