/** An account of an instance: the default account, or one of two others. */
export type AccountIndex = 0 | 1 | 2;

/** What the code says. */
export interface Code {
  readonly password: 0 | 1 | 2;
  readonly trigger: 0 | 1;
  readonly instance: 0 | 1;
  readonly account: AccountIndex;
  /** Whether the default account is named. */
  readonly namesRoot: boolean;
  readonly ignoreChanges: readonly ("password" | "triggers" | "instanceId" | "account")[];
  /** `broken`: at the right address, and each verification throws. */
  readonly verify: "none" | "right" | "unreachable" | "broken";
  readonly onCreate: "reset" | "adopt";
  /** Whether a second resource has the same account of the other instance. */
  readonly both: boolean;
  /** The accounts of the instance that have each a further resource, but for the account of the first one. */
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

/** Something that a user does. */
export interface Command {
  readonly do: "command";
  readonly command: "up" | "up --refresh" | "up --replace" | "refresh" | "preview" | "preview --refresh" | "import";
  /** What goes wrong during it. */
  readonly faults: readonly string[];
  /** At which of its moments it is killed. */
  readonly killAt?: number | undefined;
  /** What somebody else does at one of its moments, to the instance that the code says. */
  readonly meanwhile?: (ForeignChange & { readonly at: number }) | undefined;
  /** How long the code waits for a reset. */
  readonly timeoutSeconds: number;
  /** At which of its moments it is canceled. */
  readonly cancelAt?: number | undefined;
  /** Whether the code says so by `customTimeouts`. */
  readonly hasCustomTimeouts?: boolean;
  /** What a preview does not know yet. */
  readonly unknown?: readonly ("password" | "triggers" | "instanceId" | "account" | "region")[];
}

/** A change by somebody else, and how long it takes. */
export interface ForeignChange {
  /** `account`: the password of an account. `rights`: its privilege and its policy. */
  readonly change: "reset" | "account" | "rights" | "password-free";
  /** @default 0 */
  readonly account?: AccountIndex;
  readonly seconds: number;
}

/** A step of a story. Each can be done at any time, so that a story stays one when steps are taken out. */
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
