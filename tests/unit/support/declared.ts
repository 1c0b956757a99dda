import * as pulumi from "@pulumi/pulumi";

import { RedisInstancePassword, type RedisInstancePasswordArgs } from "../../../provider";

export interface Registered {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secretOutputs: readonly string[];
  /** The path of a source file. */
  readonly madeIn: string | undefined;
}

interface Request {
  getName(): string;
  getAdditionalsecretoutputsList(): string[];
  getSourceposition(): { getUri(): string } | undefined;
}

/** The requests to Pulumi's engine, which its mocks show only partially. */
interface Monitor {
  registerResource(request: Request, reply: unknown): unknown;
}

export const args = { instanceId: "crs-5a4py64p", password: "zy456987", region: "ap-guangzhou" };

let current: Record<string, Registered> = {};

/** Returns the requests to Pulumi in this run, by resource name. */
export const registered = (): Readonly<Record<string, Registered>> => current;

/** Begins a run without an engine, as in a user's unit test, or with the address of one. */
export async function begin({ hasEngine = false } = {}): Promise<void> {
  const registered: Record<string, Registered> = {};
  current = registered;
  const engine = hasEngine ? "127.0.0.1:1" : "";
  pulumi.runtime.resetOptions("project", "stack", -1, engine, "", false, "organization");
  const told: Record<string, Pick<Registered, "secretOutputs" | "madeIn">> = {};
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ type, name, inputs }) => {
      const given = inputs as Record<string, unknown>;
      registered[name] = { type, inputs: given, secretOutputs: [], madeIn: undefined, ...told[name] };
      return { id: "ap-guangzhou/crs-5a4py64p", state: { ...given, taskId: 7 } };
    },
  });
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, reply) => {
    told[request.getName()] = {
      secretOutputs: request.getAdditionalsecretoutputsList(),
      madeIn: request.getSourceposition()?.getUri(),
    };
    return registerResource(request, reply);
  };
}

/** Runs a program that declares these resources. */
export async function run(
  resources: Record<string, object | undefined>,
): Promise<Record<string, RedisInstancePassword>> {
  const declared = Object.entries(resources).map(([name, given]) => {
    const { ignoreChanges, ...rest } = (given ?? {}) as RedisInstancePasswordArgs & { ignoreChanges?: string[] };
    const options = ignoreChanges && { ignoreChanges };
    return [name, new RedisInstancePassword(name, (given && rest) as RedisInstancePasswordArgs, options)] as const;
  });
  await Promise.all(declared.map(([, { urn }]) => new Promise((resolve) => urn.apply(resolve))));
  return Object.fromEntries(declared);
}
