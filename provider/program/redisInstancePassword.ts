import * as pulumi from "@pulumi/pulumi";

import { claimAccount } from "./claims";
import { providerStub } from "./providerStub";
import { ownNamespace, sharedNamespace, unknownSettings } from "../resource/settings/settingNames";

/** Where a Redis instance listens. */
export interface RedisAddress {
  /** A host name or an address, without a port. An IPv6 address may have brackets. */
  host: pulumi.Input<string>;
  /** From 1 to 65535. */
  port: pulumi.Input<number>;
  /** Whether to use TLS. Without it, the password crosses the network in the clear. @default false */
  tls?: pulumi.Input<boolean | undefined>;
  /**
   * The certificates of the authorities that may sign the server's, as PEM text, not a path. Needs `tls`.
   *
   * Recorded in the clear: certificates are public.
   *
   * @default those that Node.js trusts, and those in `NODE_EXTRA_CA_CERTS`
   */
  ca?: pulumi.Input<string | undefined>;
  /**
   * The name in the server's certificate if it is not the host, for example behind a tunnel. Needs `tls`.
   *
   * @default the host
   */
  servername?: pulumi.Input<string | undefined>;
}

/** The inputs of a {@link RedisInstancePassword}. An optional input that is, or resolves to, undefined is not set. */
export interface RedisInstancePasswordArgs {
  /** The instance's id, such as `crs-5a4py64p`. A change replaces the resource: another instance gets the password. */
  instanceId: pulumi.Input<string>;

  /**
   * The account whose password to set. It must exist. Its name has no white space, control characters, `/` or `@`.
   * Clients sign in with the single password `<account>@<password>`. A change replaces the resource.
   *
   * @default the instance's default account, `root`, with which clients sign in by the password alone
   */
  account?: pulumi.Input<string | undefined>;

  /**
   * The password to set: 8 to 64 printable ASCII characters without white space, not starting with `/`, with at least two
   * of lower case, upper case, digits and punctuation. A change resets it.
   *
   * Always secret, whatever is passed, and never recorded: the state holds a salted, slow hash of it.
   */
  password: pulumi.Input<string>;

  /**
   * The instance's region, such as `ap-guangzhou`. A change replaces the resource.
   *
   * Never read from the environment, so that every machine sees the same.
   *
   * @default the Pulumi config `tencentcloud-redis:region`, else `tencentcloud:region`
   */
  region?: pulumi.Input<string | undefined>;

  /** A map of strings. Any change resets the password again, even to the same one. Undefined values are left out. */
  triggers?: pulumi.Input<Record<string, pulumi.Input<string | undefined>> | undefined>;

  /**
   * How to create the resource: `"reset"` sets the password; `"adopt"` records an instance that has this password already,
   * and resets nothing; only `verify` proves that it has. Changing only this input triggers no update.
   *
   * A changed password resets in either case.
   *
   * @default "reset"
   */
  onCreate?: pulumi.Input<"reset" | "adopt" | undefined>;

  /**
   * Where the instance listens, to try the password by AUTH after a reset and before an adoption. Changing only this
   * input triggers no update.
   *
   * If the instance still refuses it after 15 s, the update fails. If it cannot be verified from here, a warning is
   * logged and the update succeeds.
   *
   * @default the password is not tried
   */
  verify?: pulumi.Input<RedisAddress | undefined>;

  /**
   * How long to wait for a reset to succeed, in seconds. Changing only this input triggers no update.
   *
   * @default 600
   */
  timeoutSeconds?: pulumi.Input<number | undefined>;

  /**
   * The name of a TCCLI profile with the credentials. Changing only this input triggers no update.
   *
   * @default the setting `profile`, from the Pulumi config or the environment
   */
  profile?: pulumi.Input<string | undefined>;
}

/**
 * The password of a Tencent Cloud Redis instance. Creating it, or changing its password or triggers, resets the
 * password of the instance; deleting it leaves the instance as it is.
 *
 * @example
 * ```ts
 * import { RedisInstancePassword } from "pulumi-tencentcloud-redis";
 *
 * const cache = new RedisInstancePassword("cache", {
 *   instanceId: "crs-5a4py64p",
 *   password: process.env.REDIS_PASSWORD!,
 *   region: "ap-guangzhou",
 * });
 * export const taskId = cache.taskId;
 * ```
 */
export class RedisInstancePassword extends pulumi.dynamic.Resource {
  /** The input. */
  declare readonly instanceId: pulumi.Output<string>;
  /** The input, or the default from the Pulumi config. */
  declare readonly region: pulumi.Output<string>;
  /** The input, recorded once the password has been set: a failed reset leaves the old triggers. */
  declare readonly triggers: pulumi.Output<Record<string, string>>;
  /** The service's task that carried out the last reset; undefined after an adoption, and if the service gave none. */
  declare readonly taskId: pulumi.Output<number | undefined>;
  /** The service's id of the request that asked for the last reset, for the vendor's support; undefined after an adoption. */
  declare readonly requestId: pulumi.Output<string | undefined>;
  /** When the service accepted the last reset, by its clock: ISO 8601, UTC; undefined after an adoption. */
  declare readonly resetAt: pulumi.Output<string | undefined>;

  /**
   * @throws RunError if `opts` asks to import or look up a resource, since the service never returns a password, or if
   * the Pulumi config has an unknown key in the namespace `tencentcloud-redis`
   */
  constructor(name: string, args: RedisInstancePasswordArgs, opts?: pulumi.CustomResourceOptions) {
    // A program in JavaScript may pass null.
    const options = { ...opts };
    refuseReading(options);
    // A program in JavaScript may omit the arguments: check then reports all required inputs as missing.
    const { region: ownRegion, ...rest } = { ...args };
    refuseUnknownSettings();
    const region = orDefault(ownRegion, defaultRegion());
    const inputs = {
      triggers: undefined,
      ...rest,
      region,
      password: pulumi.secret(rest.password),
      ...claimAccount(name, rest.instanceId, region, rest.account, options),
      // Declared, so that a preview treats them as outputs that are not known yet. It does the same with triggers.
      taskId: undefined,
      requestId: undefined,
      resetAt: undefined,
    };
    const secrets = { additionalSecretOutputs: ["passwordFingerprint"] };
    // Pulumi records a stack trace for each of about 40 promises, which takes a tenth of a preview's time, and prints
    // them only if this variable is set. The source position in the state does not depend on this limit.
    const { stackTraceLimit } = Error;
    if (!process.env.PULUMI_DEBUG_PROMISE_LEAKS) Error.stackTraceLimit = 0;
    try {
      super(providerStub, name, inputs, pulumi.mergeOptions(options, secrets), "tencentcloud", "RedisInstancePassword");
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      if (error instanceof Error) Error.captureStackTrace(error, RedisInstancePassword);
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
    // Pulumi makes an output of each input. These would only ever hold the fingerprint and undefined.
    delete (this as { password?: unknown }).password;
    delete (this as { __conflict?: unknown }).__conflict;
    delete (this as { __claim?: unknown }).__claim;
  }
}

/** An import or a lookup skips `check`, so Pulumi would record the password itself. */
function refuseReading({ import: importId, id, urn }: pulumi.CustomResourceOptions): void {
  if (importId !== undefined || id !== undefined || urn !== undefined) {
    throw new pulumi.RunError(
      'RedisInstancePassword cannot be imported or looked up: create it, with onCreate: "adopt" to reset nothing',
    );
  }
}

/** Only the program can do this: the engine does not pass the names of all config keys to the provider. */
function refuseUnknownSettings(): void {
  const problems = unknownSettings(Object.keys(pulumi.runtime.allConfig()));
  if (problems.length > 0) throw new pulumi.RunError(problems.join("; "));
}

const defaultRegion = (): string | undefined =>
  [ownNamespace, sharedNamespace].map((namespace) => new pulumi.Config(namespace).get("region")).find(Boolean);

/** Also uses the default if an output resolves to undefined. A plain value stays plain. */
function orDefault(
  given: RedisInstancePasswordArgs["region"] | null,
  fallback: string | undefined,
): pulumi.Input<string | undefined> {
  if (typeof given !== "object" || given === null) return given ?? fallback;
  return pulumi.output(given).apply((resolved: string | null | undefined) => resolved ?? fallback);
}
