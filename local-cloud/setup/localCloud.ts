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
   * For the environment of a program or test that is to use this cloud, and no other: its address for all three
   * services, and the API key. Tokens, which belong to other keys, are emptied.
   */
  readonly environment: Readonly<Record<string, string>>;
  /** All instances, in the order of the options. */
  readonly instances: readonly LocalInstance[];
  /**
   * Adds a fault. It applies after the faults that its action has already.
   *
   * @param text as in {@link LocalCloudOptions.faults}
   * @throws Error with one line if it is wrong
   */
  addFault(text: string): void;
  /** Removes all faults: instances are normal again, and stuck tasks continue and end. */
  clearFaults(): void;
  /** Ends the API and all Redis servers. */
  stop(): Promise<void>;
}

/** An instance, and where its Redis server listens. */
export interface LocalInstance {
  /** Such as `crs-5a4py64p`. */
  readonly instanceId: string;
  /** One of the cloud's. */
  readonly region: string;
  /** Always 127.0.0.1. */
  readonly host: string;
  /** A port that was free. */
  readonly port: number;
  /**
   * Whether the server accepts the password of an account; empty for none.
   *
   * @param account the name of a custom account, which signs in with `<account>@<password>`. Default: root
   */
  accepts(password: string, account?: string): Promise<boolean>;
}
