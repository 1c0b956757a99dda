/** An account of an instance: the default account, or one of two others. */
export type AccountIndex = 0 | 1 | 2;

/** The program's code. */
export interface Code {
  readonly password: 0 | 1 | 2;
  /** The value of a trigger that the program may not have. */
  readonly trigger: 0 | 1 | "none";
  readonly instance: 0 | 1;
  readonly account: AccountIndex;
  /** Whether the default account is named. */
  readonly namesRoot: boolean;
  readonly ignoreChanges: readonly ("password" | "triggers" | "instanceId" | "account")[];
  /** `broken`: at the right address, but every verification throws. */
  readonly verify: "none" | "right" | "unreachable" | "broken";
  readonly onCreate: "reset" | "adopt";
  /** Whether a second resource has the same account of the other instance. */
  readonly both: boolean;
  /** The accounts of the instance that each have another resource, except the account of the first one. */
  readonly companions: readonly AccountIndex[];
  /** The password of the companions. */
  readonly companionPassword: 0 | 1 | 2;
  /** Whether each resource has the resource option `import`. */
  readonly imports: boolean;
}

export const firstCode: Code = {
  password: 0,
  trigger: 0,
  instance: 0,
  account: 0,
  namesRoot: false,
  ignoreChanges: [],
  verify: "none",
  onCreate: "reset",
  both: false,
  companions: [],
  companionPassword: 0,
  imports: false,
};

/** A command of a user. */
export interface Command {
  readonly do: "command";
  readonly command: "up" | "up --refresh" | "up --replace" | "refresh" | "preview" | "preview --refresh" | "import";
  /** The faults during the command. */
  readonly faults: readonly string[];
  /** The moment at which it is killed. */
  readonly killAt?: number | undefined;
  /** What somebody else does at one of its moments, to the instance in the code. */
  readonly meanwhile?: (ForeignChange & { readonly at: number }) | undefined;
  /** The code's timeout for a reset. */
  readonly timeoutSeconds: number;
  /** The moment at which it is canceled. */
  readonly cancelAt?: number | undefined;
  /** Whether the code sets the timeout by `customTimeouts`. */
  readonly hasCustomTimeouts?: boolean;
  /** The inputs that a preview does not know yet. */
  readonly unknown?: readonly ("password" | "triggers" | "instanceId" | "account" | "region")[];
}

/** A change by somebody else, and its duration. */
export interface ForeignChange {
  /** `account`: the password of an account. `rights`: its privilege and its policy. */
  readonly change: "reset" | "account" | "rights" | "password-free";
  /** @default 0 */
  readonly account?: AccountIndex;
  readonly seconds: number;
}

/** A step of a story. Each step is possible at any time, so that a story stays valid without some of its steps. */
export type Step =
  | { readonly do: "edit"; readonly change: Partial<Code> }
  | Command
  | { readonly do: "taint" | "rename" | "rename with an alias" | "end all faults" }
  /** The class is what a story of the plugin may begin with. `forget imports`: `pulumi state delete` of what has no password. */
  | { readonly do: "use the class" | "use the plugin" | "forget imports" }
  /** @param back how many commands ago the checkpoint was written that is restored */
  | { readonly do: "restore"; readonly back: number }
  | (ForeignChange & { readonly do: "somebody else"; readonly instance: 0 | 1 })
  | { readonly do: "pass"; readonly seconds: number };
