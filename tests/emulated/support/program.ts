import type { Properties } from "../../protocol/support/struct";
import type { FrontEnd } from "./providerMethods";

/** A resource in a program. */
export interface Declaration {
  readonly name: string;
  /** The program's inputs, including the password itself. */
  readonly inputs: Properties;
  readonly ignoreChanges?: readonly string[];
  /** Its former names. */
  readonly aliases?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  /** The resource option `customTimeouts`, in seconds. */
  readonly customTimeout?: number;
  /** The resource option of this name: the id with which an unrecorded resource is imported. */
  readonly import?: string;
}

export type Program = readonly Declaration[];

/** Represents the serialized provider. */
const providerText = "the text of the stub";

/** Returns each resource's inputs as the engine gets them: with those that the class and the SDK add. */
export function registered(program: Program, frontEnd: FrontEnd): Program {
  if (frontEnd === "plugin") return program;
  return program.map((declaration, index) => {
    const conflict = conflictOver(declaration, program);
    const hidden = { ...(conflict !== undefined && { __conflict: conflict }), __claim: index + 1 };
    const inputs = { ...declaration.inputs, ...hidden, __provider: providerText };
    return { ...declaration, inputs };
  });
}

/** Returns the names that the class adds if several resources of a program have the same account. */
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

/** Returns the inputs with ignoreChanges: the ignored fields have their recorded values instead of the program's. */
export function withIgnored({ inputs, ignoreChanges = [] }: Declaration, recorded: Properties): Properties {
  const isIgnored = ([name]: [string, unknown]) => ignoreChanges.includes(name);
  const own = Object.entries(inputs).filter((entry) => !isIgnored(entry));
  return Object.fromEntries([...own, ...Object.entries(recorded).filter(isIgnored)]);
}
