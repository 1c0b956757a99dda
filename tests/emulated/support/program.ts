import type { Properties } from "../../protocol/support/struct";
import type { FrontEnd } from "./providerMethods";

/** A resource as a program declares it. */
export interface Declaration {
  readonly name: string;
  /** As the program gives them, the password itself among them. */
  readonly inputs: Properties;
  readonly ignoreChanges?: readonly string[];
  /** Names that it had before. */
  readonly aliases?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  /** The resource option `customTimeouts`, in seconds. */
  readonly customTimeout?: number;
  /** The resource option of this name: the id that a resource which is not recorded yet is imported by. */
  readonly import?: string;
}

export type Program = readonly Declaration[];

/** What stands for the serialised provider. */
const providerText = "the text of the stub";

/** The inputs of each resource as they reach the engine: with what the class and the SDK add to them. */
export function registered(program: Program, frontEnd: FrontEnd): Program {
  if (frontEnd === "plugin") return program;
  return program.map((declaration, index) => {
    const conflict = conflictOver(declaration, program);
    const hidden = { ...(conflict !== undefined && { __conflict: conflict }), __claim: index + 1 };
    const inputs = { ...declaration.inputs, ...hidden, __provider: providerText };
    return { ...declaration, inputs };
  });
}

/** What the class adds where several resources of a program have one account: their names. */
function conflictOver(declaration: Declaration, program: Program): string[] | undefined {
  // With ignoreChanges, the provider compares the recorded accounts instead.
  if (isKept(declaration)) return undefined;
  const account = nameAccount(declaration);
  const rivals = program.filter((other) => !isKept(other) && nameAccount(other) === account);
  return rivals.length < 2 ? undefined : rivals.map(({ name }) => name);
}

const nameAccount = ({ inputs }: Declaration): string =>
  [inputs.region, inputs.instanceId, inputs.account ?? "root"].join("/");

const isKept = ({ ignoreChanges = [] }: Declaration): boolean =>
  ["region", "instanceId", "account"].some((field) => ignoreChanges.includes(field));

/** What ignoreChanges hands over: for each of the fields what is recorded, instead of what the program says. */
export function withIgnored({ inputs, ignoreChanges = [] }: Declaration, recorded: Properties): Properties {
  const isIgnored = ([name]: [string, unknown]) => ignoreChanges.includes(name);
  const own = Object.entries(inputs).filter((entry) => !isIgnored(entry));
  return Object.fromEntries([...own, ...Object.entries(recorded).filter(isIgnored)]);
}
