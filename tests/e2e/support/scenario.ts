import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import type { CommandOptions } from "../../../tools/command";
import { program, shown } from "./fixture";
import { Hunt } from "./hunt";
import type { FrontEnd } from "./plugin";

/** An action of a user, or a failure, with canaries as secrets. */
export interface Scenario {
  /** @default one resource with the password from the environment */
  readonly source?: string;
  readonly cloud?: LocalCloudOptions;
  readonly play: (hunt: Hunt) => Promise<void>;
}

export const bothFrontEnds = ["class", "plugin"] as const;

/** The places that every scenario must search: a skipped one would have no finds either. */
const sources = [
  "a log that Pulumi keeps, decrypted",
  "pulumi stack export",
  "pulumi stack export --show-secrets",
  "temporary, the name of a file",
  "the cloud's log",
  "the command line of a process",
  "the file backend/.pulumi/stacks/e2e/test.json",
];

/** Tests each scenario with each front end: afterwards no canary may be anywhere. */
export function huntThrough(
  scenarios: Readonly<Record<string, Scenario>>,
  frontEnds: readonly FrontEnd[] = bothFrontEnds,
): void {
  const tests = Object.entries(scenarios).flatMap(([title, scenario]) =>
    frontEnds.map((frontEnd) => [title, frontEnd, scenario] as const),
  );
  it.each(tests)("%s, with the %s", async (_, frontEnd, { source = program(), cloud, play }) => {
    const hunt = await Hunt.create(source, cloud, frontEnd);
    try {
      await play(hunt);
      expect(await hunt.finds()).toEqual([]);
      expect([...hunt.searched.keys()]).toEqual(expect.arrayContaining(sources));
    } finally {
      await hunt.dispose();
    }
  });
}

/** Runs `pulumi`, which must succeed. */
export async function succeeds(hunt: Hunt, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const result = await hunt.run(args, environment);
  if (result.code !== 0) throw new Error(`pulumi ${args.join(" ")} has failed: ${shown(result)}`);
  return result;
}

export const upWith = (...args: string[]): string[] => ["up", "--yes", "--skip-preview", ...args];

/** Runs an up and expects its output; without words, expects success. */
export async function expectUp(
  hunt: Hunt,
  words?: RegExp,
  environment: NodeJS.ProcessEnv = {},
  args: readonly string[] = [],
  options: CommandOptions = {},
): Promise<void> {
  const up = await hunt.run(upWith(...args), environment, options);
  const isAsExpected = words === undefined ? up.code === 0 : up.code !== 0 && words.test(shown(up));
  if (!isAsExpected) throw new Error(`the up has ended with ${String(up.code)}: ${shown(up)}`);
}

/** Does the same with another password in the program. */
export function upToAnother(...args: Parameters<typeof expectUp>): Promise<void> {
  args[0].newPassword();
  return expectUp(...args);
}

/** Expects the program's password in a request: otherwise, not finding it elsewhere would prove nothing. */
export function expectSent({ gate, password }: Hunt): void {
  expect(gate.sent.some(({ body }) => body.includes(JSON.stringify(password)))).toBe(true);
}
