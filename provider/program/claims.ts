import * as pulumi from "@pulumi/pulumi";

/**
 * Claims an account of an instance for a resource. Returns the inputs from which `check` detects that two resources
 * have the same account; `check` removes them again. Pulumi does not show names that start with two underscores.
 *
 * With mocks there is no provider: a unit test sees only the inputs that it wrote, and may create a resource any number
 * of times.
 */
export function claimAccount(
  name: string,
  instanceId: pulumi.Input<string>,
  region: pulumi.Input<string | undefined>,
  account: pulumi.Input<string | undefined>,
  options: pulumi.CustomResourceOptions,
): { __claim?: number; __conflict?: pulumi.Output<readonly string[] | undefined> } {
  if (hasMocks()) return {};
  const __claim = ++claimCount;
  // With `ignoreChanges`, the account in the program may not be the one in use, so the provider compares the recorded
  // ones.
  return isKept(options) ? { __claim } : { __claim, __conflict: findConflict(name, instanceId, region, account) };
}

/* eslint-disable no-restricted-syntax -- The claims of a program: its resources share nothing but this module. */

/** The number of claims so far. Each claim has a number, by which the provider tells the resources apart. */
let claimCount = 0;

/**
 * The names of the resources that claim each account, per run: a process may contain several runs, each with its own
 * engine.
 */
const claimsByRun = new WeakMap<object, Map<string, readonly string[]>>();

/* eslint-enable no-restricted-syntax */

const outsideOfAnyRun = Object.freeze({});

/** In a unit test with `pulumi.runtime.setMocks`, Pulumi has no engine. */
const hasMocks = (): boolean => pulumi.runtime.getEngine() === undefined;

/** Whether `ignoreChanges` may keep the recorded account instead of the program's. */
const isKept = ({ ignoreChanges = [] }: pulumi.CustomResourceOptions): boolean =>
  ["instanceId", "region", "account", "*"].some((ignored) => ignoreChanges.includes(ignored));

/**
 * Resolves to the names of all resources of this run that claim the same account, or to undefined if there is only one;
 * `check` then rejects each of them. Waits for the rest of the program, so that no reset is sent before a conflict is
 * known.
 */
function findConflict(
  name: string,
  instanceId: pulumi.Input<string>,
  region: pulumi.Input<string | undefined>,
  account: pulumi.Input<string | undefined>,
): pulumi.Output<readonly string[] | undefined> {
  const run = pulumi.runtime.getMonitor() ?? outsideOfAnyRun;
  const claims = claimsByRun.get(run) ?? new Map<string, readonly string[]>();
  claimsByRun.set(run, claims);
  const conflict = pulumi.all([instanceId, region, account]).apply(async ([id, inRegion, ofAccount]) => {
    // "root" is the default account. Its constant belongs to the provider, which a program must not load.
    const parts: readonly unknown[] = [inRegion, id, ofAccount ?? "root"];
    // `check` rejects all other values with its own messages.
    if (!parts.every((part) => typeof part === "string" && part !== "")) return undefined;
    const key = parts.join("/");
    claims.set(key, [...(claims.get(key) ?? []), name]);
    await new Promise((resolve) => setImmediate(resolve));
    const names = claims.get(key) ?? [];
    return names.length > 1 ? names : undefined;
  });
  // Resource names are not secret, even if an instance id is, for example a password in the wrong place.
  return pulumi.unsecret(conflict);
}
