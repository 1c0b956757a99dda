import { redisActions, stsActions } from "../actions";
import type { InstanceFault } from "../model/condition";
import type { TaskFault } from "../model/tasks";

/** Something that goes wrong: with a request or its answer, with the task that it starts, or with its instance. */
export type Fault = RequestFault | TaskFault | InstanceFault;

type RequestFault = { readonly subject: "request" } & (
  | { readonly kind: "drop-response" | "refuse" | "garbage" }
  | { readonly kind: "delay"; readonly seconds: number }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "http"; readonly status: number }
);

/** What can go wrong, by name; docs/local-cloud.md tells what each of them does. */
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

/** A fault, and which requests it is for. */
export interface FaultOrder {
  readonly action: string;
  readonly fault: Fault;
  /** How many requests it is for: Infinity for all. */
  readonly count: number;
}

/**
 * Reads `ACTION=KIND`, or `ACTION=KIND*N` for the next N requests only.
 *
 * @throws Error with one line that tells the rule which the text breaks, and nothing of the text
 */
export function parseFault(text: string): FaultOrder {
  // A message may hold anything, so the number is what stands at the very end.
  const { action, name, value, count } =
    /^(?<action>[^=]+)=(?<name>[^:*]+)(?::(?<value>.*?))?(?:\*(?<count>\d+))?$/s.exec(text)?.groups ?? {};
  if (action === undefined) throw new Error("a fault must be ACTION=KIND or ACTION=KIND*N");
  requireOneOf("ACTION", [...redisActions.keys(), ...stsActions.keys()], action);
  requireOneOf("KIND", Object.keys(kinds), name);
  const { form, read } = kinds[name as FaultKind];
  const fault = read(value);
  if (!fault) throw new Error(`this fault must be ${form}`);
  requireSense(fault, action);
  if (count !== undefined && Number(count) < 1) throw new Error("a fault's N must be 1 or more");
  return { action, fault, count: count === undefined ? Infinity : Number(count) };
}

interface Kind {
  readonly form: string;
  /** Takes what comes after the colon, undefined without one; returns undefined when that is not of the form. */
  readonly read: (value: string | undefined) => Fault | undefined;
}

const plain = (fault: Fault): Kind => ({
  form: `${fault.kind} with nothing after it`,
  read: (value) => (value === undefined ? fault : undefined),
});

const day = 86_400;

const timed = (kind: FaultKind, faultOf: (seconds: number) => Fault): Kind => ({
  form: `${kind}:SECONDS, from 0 to ${day}`,
  read: (value = "") => (/^\d+(\.\d+)?$/.test(value) && Number(value) <= day ? faultOf(Number(value)) : undefined),
});

const kinds: Readonly<Record<FaultKind, Kind>> = {
  "drop-response": plain({ subject: "request", kind: "drop-response" }),
  refuse: plain({ subject: "request", kind: "refuse" }),
  delay: timed("delay", (seconds) => ({ subject: "request", kind: "delay", seconds })),
  error: {
    form: "error:CODE, as in error:InternalError",
    read: (code = "") => (/^[A-Za-z]\w*(\.\w+)*$/.test(code) ? { subject: "request", kind: "error", code } : undefined),
  },
  http: {
    form: "http:STATUS, from 400 to 599",
    read: (status = "") =>
      /^[45]\d\d$/.test(status) ? { subject: "request", kind: "http", status: Number(status) } : undefined,
  },
  garbage: plain({ subject: "request", kind: "garbage" }),
  "task-fail": {
    form: "task-fail:MESSAGE",
    read: (message) => (message === undefined ? undefined : { subject: "task", kind: "task-fail", message }),
  },
  "task-error": plain({ subject: "task", kind: "task-error" }),
  "task-stuck": plain({ subject: "task", kind: "task-stuck" }),
  "task-slow": timed("task-slow", (seconds) => ({ subject: "task", kind: "task-slow", seconds })),
  "task-id": {
    form: "task-id:NUMBER or task-id:none",
    read: (id = "") =>
      /^(none|-?\d{1,10})$/.test(id)
        ? { subject: "task", kind: "task-id", taskId: id === "none" ? undefined : Number(id) }
        : undefined,
  },
  "task-forgotten": plain({ subject: "task", kind: "task-forgotten" }),
  locked: timed("locked", (seconds) => ({ subject: "instance", kind: "locked", seconds })),
  isolated: plain({ subject: "instance", kind: "isolated" }),
  deleted: plain({ subject: "instance", kind: "deleted" }),
  gone: plain({ subject: "instance", kind: "gone" }),
};

function requireOneOf(part: string, known: readonly string[], given: string | undefined): void {
  if (given === undefined || !known.includes(given)) {
    throw new Error(`a fault's ${part} must be one of ${known.join(", ")}`);
  }
}

/** Not every action has a task, or an instance, for something to be the matter with. */
function requireSense({ subject, kind }: Fault, action: string): void {
  if (subject === "request") return;
  const able = [...redisActions].filter(([, { startsTask, parameters }]) =>
    subject === "task" ? startsTask : "InstanceId" in parameters,
  );
  const names = able.map(([name]) => name);
  if (names.includes(action)) return;
  const rule = subject === "task" ? "start a task" : "take an InstanceId";
  throw new Error(`the fault ${kind} is only for actions that ${rule}: ${names.join(", ")}`);
}
