import { redisActions, stsActions } from "../actions";
import type { Fault, FaultKind } from "./fault";
import { faultKinds } from "./faultKinds";

/** A fault, and the requests that it applies to. */
export interface FaultOrder {
  readonly action: string;
  readonly fault: Fault;
  /** The number of requests that it applies to: Infinity for all. */
  readonly count: number;
}

/**
 * Parses `ACTION=KIND`, or `ACTION=KIND*N` for the next N requests only.
 *
 * @throws Error with one line that states the violated rule without quoting the text
 */
export function parseFault(text: string): FaultOrder {
  // A message may contain any text, so only a number at the very end counts.
  const { action, name, value, count } =
    /^(?<action>[^=]+)=(?<name>[^:*]+)(?::(?<value>.*?))?(?:\*(?<count>\d+))?$/s.exec(text)?.groups ?? {};
  if (action === undefined) throw new Error("a fault must be ACTION=KIND or ACTION=KIND*N");
  requireOneOf("ACTION", [...redisActions.keys(), ...stsActions.keys()], action);
  requireOneOf("KIND", Object.keys(faultKinds), name);
  const { form, read } = faultKinds[name as FaultKind];
  const fault = read(value);
  if (!fault) throw new Error(`this fault must be ${form}`);
  requireApplicable(fault, action);
  if (count !== undefined && Number(count) < 1) throw new Error("a fault's N must be 1 or more");
  return { action, fault, count: count === undefined ? Infinity : Number(count) };
}

function requireOneOf(part: string, known: readonly string[], given: string | undefined): void {
  if (given === undefined || !known.includes(given)) {
    throw new Error(`a fault's ${part} must be one of ${known.join(", ")}`);
  }
}

/** Rejects a fault of a task or an instance for an action that has none. */
function requireApplicable({ subject, kind }: Fault, action: string): void {
  if (subject === "request") return;
  const able = [...redisActions].filter(([, { startsTask, parameters }]) =>
    subject === "task" ? startsTask : "InstanceId" in parameters,
  );
  const names = able.map(([name]) => name);
  if (names.includes(action)) return;
  const rule = subject === "task" ? "start a task" : "take an InstanceId";
  throw new Error(`the fault ${kind} is only for actions that ${rule}: ${names.join(", ")}`);
}
