import type { CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult } from "@pulumi/pulumi/dynamic";

import type { createHandlers } from "./createHandlers";
import { RecordedFailure } from "./recordedFailure";
import { markSecrets, withoutMarks } from "./shared/marks";

type Handlers = ReturnType<typeof createHandlers>;

/**
 * Returns the same methods, except that every fingerprint and the triggers of an unfinished reset are marked as secrets.
 * Pulumi itself only restores the marks of the program's inputs, which a transform may have removed. Pulumi passes plain
 * values today; marked ones are accepted, too.
 */
export function withSecretMarks(handlers: Handlers): Handlers {
  return {
    configure: handlers.configure,
    check(olds, news): CheckResult {
      const result = handlers.check(withoutMarks(olds), withoutMarks(news));
      return { ...result, inputs: markSecrets(result.inputs as object) };
    },
    diff: (id, olds, news): DiffResult => handlers.diff(id, withoutMarks(olds), withoutMarks(news)),
    async create(news): Promise<CreateResult> {
      const result = await markingFailures(handlers.create(withoutMarks(news)));
      return { ...result, outs: markSecrets(result.outs as object) };
    },
    async read(id, props): Promise<ReadResult> {
      const result = await handlers.read(id, withoutMarks(props));
      return result.props === undefined ? result : { ...result, props: markSecrets(result.props as object) };
    },
    async update(id, olds, news): Promise<UpdateResult> {
      const result = await markingFailures(handlers.update(id, withoutMarks(olds), withoutMarks(news)));
      return { ...result, outs: markSecrets(result.outs as object) };
    },
    delete: (id, props): void => handlers.delete(id, withoutMarks(props)),
  };
}

async function markingFailures<T>(result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    if (!(error instanceof RecordedFailure)) throw error;
    throw new RecordedFailure(error.message, error.id, markSecrets(error.properties));
  }
}
