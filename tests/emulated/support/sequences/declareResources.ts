import { unknownValue } from "../../../protocol/support/unknownValue";
import type { EmulatedCloud } from "../emulatedCloud";
import type { Stack } from "../engine";
import type { Program } from "../program";
import { accounts, instanceIds, passwords, region } from "./names";
import type { AccountIndex, Code, Command } from "./steps";

/** The current state of a story. */
interface Situation {
  readonly cloud: EmulatedCloud;
  readonly stack: Stack;
  readonly code: Code;
  readonly name: string;
  readonly formerName: string | undefined;
}

/** The parts in which the resources of the code differ. */
interface Resource {
  readonly name: string;
  readonly instance: 0 | 1;
  readonly account: AccountIndex;
  readonly password: 0 | 1 | 2;
}

/** Returns the program that the code describes at this point of a story. */
export function declareResources(story: Situation, command: Command): Program {
  const { code, name, formerName } = story;
  const { instance, both, account, companions, password, companionPassword } = code;
  const aliases = formerName === undefined ? {} : { aliases: [formerName] };
  const main = { ...declare(story, { name, instance, account, password }, command), ...aliases };
  const other = { name: "other", instance: instance === 0 ? 1 : 0, account, password } as const;
  const companion = (index: AccountIndex) =>
    ({ name: `companion${index}`, instance, account: index, password: companionPassword }) as const;
  const further = [...(both ? [other] : []), ...companions.filter((index) => index !== account).map(companion)];
  return [main, ...further.map((resource) => declare(story, resource, command))];
}

/** Returns the id with which the first resource of the code is imported. */
export const idOfMain = (code: Code): string => idOf(code, code);

function declare(story: Situation, resource: Resource, command: Command): Program[number] {
  const { name, instance, account, password } = resource;
  const { ignoreChanges, onCreate, imports } = story.code;
  const { timeoutSeconds, hasCustomTimeouts, unknown = [] } = command;
  const named = nameIn(story.code, account);
  const inputs = {
    instanceId: instanceIds[instance],
    region,
    password: passwords[password],
    triggers: triggersOf(story.code),
    onCreate,
    // The option takes precedence.
    timeoutSeconds: hasCustomTimeouts ? 86_400 : timeoutSeconds,
    ...(named !== undefined && { account: named }),
    ...verifyAt(story, name, instanceIds[instance], command),
    ...Object.fromEntries(unknown.map((field) => [field, unknownValue])),
  };
  const timeout = hasCustomTimeouts ? { customTimeout: timeoutSeconds } : {};
  return { name, inputs, ignoreChanges, ...timeout, ...(imports && { import: idOf(story.code, resource) }) };
}

export const triggersOf = ({ trigger }: Code): Readonly<Record<string, string>> =>
  trigger === "none" ? {} : { rotation: String(trigger) };

const nameIn = ({ namesRoot }: Code, account: AccountIndex): string | undefined =>
  accounts[account] ?? (namesRoot ? "root" : undefined);

function idOf(code: Code, { instance, account }: Pick<Resource, "instance" | "account">): string {
  const named = nameIn(code, account);
  return [region, instanceIds[instance], ...(named === undefined ? [] : [named])].join("/");
}

/** Returns the address of the resource's instance, which differs from the code's if that change is ignored. */
function verifyAt(story: Situation, name: string, instanceId: string, { command }: Command): { verify?: object } {
  const { verify, ignoreChanges } = story.code;
  if (verify === "none") return {};
  if (verify === "unreachable") return { verify: { host: "127.0.0.1", port: 9 } };
  const names = [name, story.formerName];
  const recorded = story.stack.checkpoint.resources.find((state) => !state.delete && names.includes(state.name));
  const isIgnored = ignoreChanges.includes("instanceId") && !recorded?.taint && command !== "up --replace";
  return { verify: story.cloud.addressOf(isIgnored && recorded ? String(recorded.inputs.instanceId) : instanceId) };
}
