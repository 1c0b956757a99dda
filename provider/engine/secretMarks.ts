import type { CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult } from "@pulumi/pulumi/dynamic";

import { isFingerprint } from "../resource/fingerprint";
import type { createHandlers } from "./createHandlers";
import { RecordedFailure } from "./recordedFailure";

type Handlers = ReturnType<typeof createHandlers>;

/** How Pulumi's wire protocol marks a value as a secret. */
const typeKey = "4dabf18193072939515e22adb298388d";
const secretType = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Returns the same methods, with every fingerprint that they hand to Pulumi marked as a secret. Pulumi itself only marks
 * again what the program has marked, and a transform may have removed that.
 */
export function withSecretMarks(handlers: Handlers): Handlers {
  return {
    configure: handlers.configure,
    check(olds, news): CheckResult {
      const result = handlers.check(withoutMarks(olds), withoutMarks(news));
      return { ...result, inputs: withMarks(result.inputs as object) };
    },
    diff: (id, olds, news): DiffResult => handlers.diff(id, withoutMarks(olds), withoutMarks(news)),
    async create(news): Promise<CreateResult> {
      const result = await markingFailures(handlers.create(withoutMarks(news)));
      return { ...result, outs: withMarks(result.outs as object) };
    },
    async read(id, props): Promise<ReadResult> {
      const result = await handlers.read(id, withoutMarks(props));
      return result.props === undefined ? result : { ...result, props: withMarks(result.props as object) };
    },
    async update(id, olds, news): Promise<UpdateResult> {
      const result = await markingFailures(handlers.update(id, withoutMarks(olds), withoutMarks(news)));
      return { ...result, outs: withMarks(result.outs as object) };
    },
    delete: (id, props): void => handlers.delete(id, withoutMarks(props)),
  };
}

const withMarks = (properties: object): object =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      name,
      isFingerprint(value) ? { [typeKey]: secretType, value } : value,
    ]),
  );

/** Pulumi hands over plain values to dynamic providers today. Marked ones mean the same. */
const withoutMarks = <T extends object>(properties: T): T => unmarked(properties) as T;

function unmarked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmarked);
  if (typeof value !== "object" || value === null) return value;
  const parts = value as Record<string, unknown>;
  if (parts[typeKey] === secretType) return unmarked(parts.value);
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, unmarked(part)]));
}

async function markingFailures<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof RecordedFailure)) throw error;
    throw new RecordedFailure(error.message, error.id, withMarks(error.properties));
  }
}
