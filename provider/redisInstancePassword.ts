import * as pulumi from "@pulumi/pulumi";

import { providerStub } from "./providerStub";

/** The inputs of a {@link RedisInstancePassword}. */
export interface RedisInstancePasswordArgs {
  /** The instance's id, such as `crs-5a4py64p`. A change replaces the resource: another instance gets the password. */
  instanceId: pulumi.Input<string>;

  /**
   * The password to set: 8 to 64 printable ASCII characters without white space, not starting with `/`, of at
   * least two of lower case, upper case, digits and punctuation. A change resets it.
   *
   * Always secret, whatever is passed, and never recorded: the state holds a salted, slow hash of it.
   */
  password: pulumi.Input<string>;

  /**
   * The instance's region, such as `ap-guangzhou`. A change replaces the resource.
   *
   * @default the Pulumi config `tencentcloud:region`; never the environment, so that every machine sees the same
   */
  region?: pulumi.Input<string>;

  /** Any change of this map resets the password again, also to the same one. */
  triggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;

  /**
   * How long to wait for a reset to be carried out, in seconds. A change of this alone changes nothing.
   *
   * @default 600
   */
  timeoutSeconds?: pulumi.Input<number>;

  /**
   * The name of a TCCLI profile to take the credentials from. A change of this alone changes nothing.
   *
   * @default the Pulumi config `tencentcloud:profile`, else the environment's `TENCENTCLOUD_PROFILE`
   */
  profile?: pulumi.Input<string>;
}

/**
 * The password of a Tencent Cloud Redis instance. Creating it, or changing its password or triggers, resets the
 * password of the instance; deleting it leaves the instance as it is.
 *
 * @example
 * ```ts
 * const cache = new RedisInstancePassword("cache", {
 *   instanceId: "crs-5a4py64p",
 *   password: config.requireSecret("redisPassword"),
 *   region: "ap-guangzhou",
 * });
 * export const taskId = cache.taskId;
 * ```
 */
export class RedisInstancePassword extends pulumi.dynamic.Resource {
  declare readonly instanceId: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  /** The service's task that carried out the last reset. */
  declare readonly taskId: pulumi.Output<number>;
  /** The service's id of the request that asked for the last reset, for the vendor's support. */
  declare readonly requestId: pulumi.Output<string>;
  /** When the service accepted the last reset: ISO 8601, UTC. */
  declare readonly resetAt: pulumi.Output<string>;

  /**
   * @throws Error when another resource of the program sets the password of the same instance, or when `opts` asks
   * to import or to look up: nothing can be read there, since the service never tells a password
   */
  constructor(name: string, args: RedisInstancePasswordArgs, opts: pulumi.CustomResourceOptions = {}) {
    refuseReading(opts);
    const region = args.region ?? new pulumi.Config("tencentcloud").get("region");
    const inputs = {
      ...args,
      instanceId: claimInstance(name, args.instanceId, region),
      password: pulumi.secret(args.password),
      region,
      // Named, so that a preview knows them as outputs that are yet to come.
      taskId: undefined,
      requestId: undefined,
      resetAt: undefined,
    };
    const secrets = { additionalSecretOutputs: ["passwordFingerprint"] };
    super(providerStub, name, inputs, pulumi.mergeOptions(opts, secrets), "tencentcloud", "RedisInstancePassword");
    // Pulumi makes an output of each input. This one would only ever hold the fingerprint.
    delete (this as { password?: unknown }).password;
  }
}

/** Import and lookup skip `check`, so the password itself would be recorded. */
function refuseReading({ import: importId, id, urn }: pulumi.CustomResourceOptions & { urn?: unknown }): void {
  if (importId !== undefined || id !== undefined || urn !== undefined) {
    throw new Error("RedisInstancePassword cannot be imported or looked up: create it, which resets the password");
  }
}

/** Which resource sets the password of which instance. One run of a program has one engine, and so one such map. */
const claims = new WeakMap<object, Map<string, { readonly name: string }>>();
const outsideOfAnyRun = {};

/** The instance id, which fails to resolve when another resource of this run has the same instance. */
function claimInstance(
  name: string,
  instanceId: pulumi.Input<string>,
  region: pulumi.Input<string> | undefined,
): pulumi.Output<string> {
  const run = pulumi.runtime.getMonitor() ?? outsideOfAnyRun;
  const claimed = claims.get(run) ?? new Map<string, { readonly name: string }>();
  claims.set(run, claimed);
  const claimant = { name };
  return pulumi.all([instanceId, region]).apply(([id, inRegion]) => {
    const key = `${inRegion}/${id}`;
    const owner = claimed.get(key) ?? claimant;
    if (owner !== claimant) {
      throw new Error(`"${owner.name}" and "${name}" both set the password of ${id}: keep one of them`);
    }
    claimed.set(key, claimant);
    return id;
  });
}
