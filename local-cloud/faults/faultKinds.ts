import type { Fault, FaultKind } from "./fault";

/** The syntax of a kind of fault, and a short description of its effect. */
export interface FaultKindRule {
  /** The placeholder after the colon in the usage text and the docs; undefined for a kind without a value. */
  readonly value?: string;
  /** The required form of the text, for errors. */
  readonly form: string;
  /** Its text in `--help`, with line breaks. */
  readonly help: string;
  /** Parses the value after the colon, which is undefined without a colon. Returns undefined if its form is wrong. */
  readonly read: (value: string | undefined) => Fault | undefined;
}

const plain = (fault: Fault, help: string): FaultKindRule => ({
  form: `${fault.kind} without a value`,
  help,
  read: (value) => (value === undefined ? fault : undefined),
});

const day = 86_400;

const timed = (kind: FaultKind, help: string, toFault: (seconds: number) => Fault): FaultKindRule => ({
  value: "SECONDS",
  form: `${kind}:SECONDS, from 0 to ${day}`,
  help,
  read: (value = "") => (/^\d+(\.\d+)?$/.test(value) && Number(value) <= day ? toFault(Number(value)) : undefined),
});

/** All kinds of faults, in the order of the usage text and the docs. */
export const faultKinds: Readonly<Record<FaultKind, FaultKindRule>> = {
  "drop-response": plain(
    { subject: "request", kind: "drop-response" },
    "done, then the connection is closed without a response",
  ),
  refuse: plain({ subject: "request", kind: "refuse" }, "the connection is closed before anything is done"),
  delay: timed("delay", "done at once, response delayed by SECONDS", (seconds) => ({
    subject: "request",
    kind: "delay",
    seconds,
  })),
  error: {
    value: "CODE",
    form: "error:CODE, as in error:InternalError",
    help: "not done, error response with CODE",
    read: (code = "") => (/^[A-Za-z]\w*(\.\w+)*$/.test(code) ? { subject: "request", kind: "error", code } : undefined),
  },
  http: {
    value: "STATUS",
    form: "http:STATUS, from 400 to 599",
    help: "not done, response with HTTP status STATUS and HTML",
    read: (status = "") =>
      /^[45]\d\d$/.test(status) ? { subject: "request", kind: "http", status: Number(status) } : undefined,
  },
  garbage: plain({ subject: "request", kind: "garbage" }, "done, response with truncated JSON"),
  "task-fail": {
    value: "MESSAGE",
    form: "task-fail:MESSAGE",
    help: "the task fails, with MESSAGE",
    read: (message) => (message === undefined ? undefined : { subject: "task", kind: "task-fail", message }),
  },
  "task-error": plain({ subject: "task", kind: "task-error" }, "the task ends with the status error"),
  "task-stuck": plain(
    { subject: "task", kind: "task-stuck" },
    "the task runs until the faults are cleared (programs only)",
  ),
  "task-slow": timed("task-slow", "the task takes SECONDS", (seconds) => ({
    subject: "task",
    kind: "task-slow",
    seconds,
  })),
  "task-id": {
    value: "ID",
    form: "task-id:NUMBER or task-id:none",
    help: "a reset that leaves password-free mode returns the TaskId\nID; none omits the TaskId",
    read: (id = "") =>
      /^(none|-?\d{1,10})$/.test(id)
        ? { subject: "task", kind: "task-id", taskId: id === "none" ? undefined : Number(id) }
        : undefined,
  },
  "task-forgotten": plain(
    { subject: "task", kind: "task-forgotten" },
    "not done, response with the id of a nonexistent task",
  ),
  locked: timed("locked", "the instance cannot be changed for SECONDS", (seconds) => ({
    subject: "instance",
    kind: "locked",
    seconds,
  })),
  isolated: plain({ subject: "instance", kind: "isolated" }, "the instance is isolated"),
  deleted: plain({ subject: "instance", kind: "deleted" }, "the instance is to be deleted"),
  gone: plain({ subject: "instance", kind: "gone" }, "the instance no longer exists"),
};
