/** The Redis API of Tencent Cloud on this machine, in front of real Redis servers. */
export interface LocalCloud {
  /** The address for `TENCENTCLOUD_REDIS_ENDPOINT`. */
  readonly endpoint: string;
  /** The first of its regions. */
  readonly region: string;
  /** The Tencent Cloud account that its instances and its API key belong to, as GetCallerIdentity returns it. */
  readonly accountId: string;
  /** The id of the API key, for `TENCENTCLOUD_SECRET_ID`. */
  readonly secretId: string;
  /** The API key itself, for `TENCENTCLOUD_SECRET_KEY`. */
  readonly secretKey: string;
  /**
   * Environment variables that make a program or test use this cloud only: its address for all three services, and the
   * API key. The variables of tokens, which belong to other keys, are empty.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** All instances, in the order of the options. */
  readonly instances: readonly LocalInstance[];
  /**
   * Adds a fault. It applies after the existing faults of its action.
   *
   * @param text as in {@link LocalCloudOptions.faults}
   * @throws Error with one line if it is invalid
   */
  addFault(text: string): void;
  /** Removes all faults: instances are normal again, and stuck tasks continue and end. */
  clearFaults(): void;
  /** Stops the API and all Redis servers. */
  stop(): Promise<void>;
}

/** An instance, and where its Redis server listens. */
export interface LocalInstance {
  /** The instance's id, such as `crs-5a4py64p`. */
  readonly instanceId: string;
  /** The instance's region, one of the cloud's. */
  readonly region: string;
  /** Always 127.0.0.1. */
  readonly host: string;
  /** The port of the server, chosen at the start. */
  readonly port: number;
  /**
   * Returns whether the server accepts the password of an account; an empty password means none.
   *
   * @param account the name of a custom account, which signs in with `<account>@<password>`. Default: root
   */
  accepts(password: string, account?: string): Promise<boolean>;
}
