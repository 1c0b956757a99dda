import type { Checkpoint, PendingOperation, ResourceState } from "./checkpoint";
import type { Declaration } from "./program";

/** What a run of the engine records of resources and operations, and writes at each change. */
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

  find({ name, aliases = [] }: Declaration): ResourceState | undefined {
    return this.resources.find((state) => !state.delete && [name, ...aliases].includes(state.name));
  }

  begin(pending: PendingOperation): void {
    this.pendingOperations = [...this.pendingOperations, pending];
    this.write();
  }

  /** Is written with what follows from the operation. */
  end(pending: PendingOperation): void {
    this.pendingOperations = this.pendingOperations.filter((other) => other !== pending);
  }

  /** Is written with what it replaces. */
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
