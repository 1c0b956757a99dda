import type { ResourceState } from "../../../tools/pulumiStack";
import { Fixture, cacheArgs } from "./fixture";
import type { FrontEnd } from "./plugin";

export const first = "first-Passw0rd";
export const second = "second-Passw0rd";

/** The initial passwords of the two instances of a {@link twoInstances} cloud. */
export const untouched = { "crs-5a4py64p": "start-Passw0rd", "crs-other": "other-Passw0rd" };

/** Returns the passwords of the instances if only crs-5a4py64p got a new one. */
export const onlyOne = (password: string): Outcome["accepts"] => ({ ...untouched, "crs-5a4py64p": password });

const passwords = [first, second, ...Object.values(untouched)];

/** Creates a stack of a {@link declaring} program, with a cloud of two instances whose passwords are known. */
export function twoInstances(body: string, frontEnd: FrontEnd = "class"): Promise<Fixture> {
  return Fixture.create(declaring(body), { instances: untouched }, frontEnd);
}

/** A JavaScript program in which `set(name, args, options)` declares a resource, of crs-5a4py64p by default. */
export function declaring(body: string): string {
  return `
    const pulumi = require("@pulumi/pulumi");
    const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
    const defaults = { ...${JSON.stringify(cacheArgs)}, password: process.env.REDIS_PASSWORD };
    const set = (name, args, options) => new RedisInstancePassword(name, { ...defaults, ...args }, options);
    ${body}
  `;
}

/** The results of a step. */
export interface Outcome {
  /** The number of requests to reset a password so far, including refused ones. */
  readonly resets: number;
  /** The password that each instance accepts. */
  readonly accepts: Readonly<Record<string, string | undefined>>;
  /** The resources in the state, each with its instance and the task of its last reset. */
  readonly recorded: readonly string[];
}

/**
 * Returns the results so far from the cloud, the instances and the state. Expects no password in the state or the
 * output.
 */
export async function outcome(fixture: Fixture): Promise<Outcome> {
  const state = await fixture.state();
  expect(fixture.output + JSON.stringify(state)).not.toContain("-Passw0rd");
  const recorded = (state.deployment.resources ?? []).filter(({ type }) => type.endsWith(":RedisInstancePassword"));
  const accepts = fixture.cloud.instances.map(async ({ instanceId }) => [
    instanceId,
    await accepted(fixture, instanceId),
  ]);
  return {
    resets: fixture.resets,
    accepts: Object.fromEntries(await Promise.all(accepts)) as Outcome["accepts"],
    recorded: recorded.map(described),
  };
}

async function accepted(fixture: Fixture, instanceId: string): Promise<string | undefined> {
  for (const password of passwords) if (await fixture.auth(password, instanceId)) return password;
  return undefined;
}

interface MarkedState extends ResourceState {
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
}

function described({ urn, outputs, ...marks }: MarkedState): string {
  const name = urn.split("::").at(-1) ?? "";
  const mark = marks.delete ? ", to be deleted" : marks.pendingReplacement ? ", to be replaced" : "";
  return `${name}: ${String(outputs?.instanceId)} by task ${String(outputs?.taskId)}${mark}`;
}

/** Returns the line that deleting a resource prints. */
export const deleted = (instanceId: string): string =>
  `${instanceId}: deleting the resource does not change the instance or its password`;
