import type { Checkpoint, PendingOperation, ResourceState } from "./checkpoint";
import type { Declaration } from "./program";

/** The resources and operations that a run of the engine records, and writes at each change. */
export class Records {
  resources: readonly ResourceState[];
  private pendingOperations: readonly PendingOperation[];

  constructor(
    { resources, pendingOperations }: Checkpoint,
    private readonly save: (checkpoint: Checkpoint) => void,
  ) {
    this.resources = resources;
    this.pendingOperations = pendingOperations;
  }

  find(declaration: Pick<Declaration, "name" | "aliases">): ResourceState | undefined {
    return findDeclared(this.resources, declaration);
  }

  begin(pending: PendingOperation): void {
    this.pendingOperations = [...this.pendingOperations, pending];
    this.write();
  }

  /** The change is written with the result of the operation. */
  end(pending: PendingOperation): void {
    this.pendingOperations = this.pendingOperations.filter((other) => other !== pending);
  }

  /** The change is written with the state that it replaces. */
  add(state: ResourceState): void {
    this.resources = [...this.resources, state];
  }

  /** Replaces a state, or removes it. */
  replace(old: ResourceState | undefined, state: ResourceState | undefined): void {
    this.resources = this.resources.flatMap((other) => (other === old ? (state ? [state] : []) : [other]));
    this.write();
  }

  write(): void {
    this.save({ resources: this.resources, pendingOperations: this.pendingOperations });
  }
}

/** Returns the state of a declared resource, preferably by its current name. */
export function findDeclared(
  resources: readonly ResourceState[],
  { name, aliases = [] }: Pick<Declaration, "name" | "aliases">,
): ResourceState | undefined {
  const present = resources.filter((state) => !state.delete);
  return [name, ...aliases].flatMap((known) => present.filter((state) => state.name === known))[0];
}
