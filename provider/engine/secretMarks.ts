import type { CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult } from "@pulumi/pulumi/dynamic";

import type { createHandlers } from "./createHandlers";
import { RecordedFailure } from "./recordedFailure";
import { markFingerprints, withoutMarks } from "./shared/marks";

type Handlers = ReturnType<typeof createHandlers>;

/**
 * Returns the same methods, with every fingerprint that they hand to Pulumi marked as a secret. Pulumi itself only marks
 * again what the program has marked, and a transform may have removed that. What comes in is plain today; marked values
 * mean the same.
 */
export function withSecretMarks(handlers: Handlers): Handlers {
  return {
    configure: handlers.configure,
    check(olds, news): CheckResult {
      const result = handlers.check(withoutMarks(olds), withoutMarks(news));
      return { ...result, inputs: markFingerprints(result.inputs as object) };
    },
    diff: (id, olds, news): DiffResult => handlers.diff(id, withoutMarks(olds), withoutMarks(news)),
    async create(news): Promise<CreateResult> {
      const result = await markingFailures(handlers.create(withoutMarks(news)));
      return { ...result, outs: markFingerprints(result.outs as object) };
    },
    async read(id, props): Promise<ReadResult> {
      const result = await handlers.read(id, withoutMarks(props));
      return result.props === undefined ? result : { ...result, props: markFingerprints(result.props as object) };
    },
    async update(id, olds, news): Promise<UpdateResult> {
      const result = await markingFailures(handlers.update(id, withoutMarks(olds), withoutMarks(news)));
      return { ...result, outs: markFingerprints(result.outs as object) };
    },
    delete: (id, props): void => handlers.delete(id, withoutMarks(props)),
  };
}

async function markingFailures<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof RecordedFailure)) throw error;
    throw new RecordedFailure(error.message, error.id, markFingerprints(error.properties));
  }
}
