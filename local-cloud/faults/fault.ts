import type { InstanceFault } from "../model/condition";
import type { TaskFault } from "../model/tasks";

/** A fault of a request or its response, of the task that it starts, or of its instance. */
export type Fault = RequestFault | TaskFault | InstanceFault;

type RequestFault = { readonly subject: "request" } & (
  | { readonly kind: "drop-response" | "refuse" | "garbage" }
  | { readonly kind: "delay"; readonly seconds: number }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "http"; readonly status: number }
);

/** The kinds of faults. docs/local-cloud.md describes them. */
export type FaultKind =
  | "drop-response"
  | "refuse"
  | "delay"
  | "error"
  | "http"
  | "garbage"
  | "task-fail"
  | "task-error"
  | "task-stuck"
  | "task-slow"
  | "task-id"
  | "task-forgotten"
  | "locked"
  | "isolated"
  | "deleted"
  | "gone";
