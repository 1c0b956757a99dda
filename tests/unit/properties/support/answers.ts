import fc from "fast-check";

import { jsonValue } from "./arbitraries";

/** Every field of a response that the package reads, with valid and other values. */
export const answerFields = {
  TaskId: fc.oneof(fc.constantFrom<unknown[]>(1, 0, -1, 1.5, 2 ** 53, "1"), jsonValue),
  TotalCount: fc.oneof(fc.constantFrom<unknown[]>(0, 1, -1, "0"), jsonValue),
  Status: fc.oneof(fc.constantFrom<unknown[]>("succeed", "Failed", "error", "running"), jsonValue),
  TaskMessage: jsonValue,
  StartTime: fc.oneof(fc.constantFrom<unknown[]>("2026-01-02 03:04:05", "9999-99-99 99:99:99"), jsonValue),
  InstanceSet: listWith(
    fc.dictionary(fc.constantFrom("InstanceId", "NoAuth", "Status"), fc.oneof(fc.constant("crs-5a4py64p"), jsonValue)),
  ),
  Tasks: listWith(
    fc.dictionary(
      fc.constantFrom("TaskId", "InstanceId", "TaskType", "Result", "StartTime", "EndTime"),
      fc.oneof(fc.integer(), jsonValue),
    ),
  ),
  Accounts: listWith(
    fc.dictionary(fc.constantFrom("AccountName", "PasswordLastModifiedTime"), fc.oneof(fc.constant("root"), jsonValue)),
  ),
  RequestId: fc.oneof(fc.constant("r1"), fc.constant("r1"), jsonValue),
  Error: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.oneof(jsonValue, fc.record({ Code: anyCode(), Message: jsonValue })) },
  ),
};

function listWith(entry: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.oneof(fc.array(fc.oneof(entry, jsonValue), { maxLength: 3 }), jsonValue);
}

function anyCode(): fc.Arbitrary<unknown> {
  const codes = ["RequestLimitExceeded", "InternalError.x", "ResourceNotFound", "ResourceInUse.InstanceBeenLocked"];
  return fc.oneof(fc.constantFrom<unknown[]>(...codes, "FailedOperation", "constructor", "__proto__"), jsonValue);
}

/** A response to any action, with any of its fields. */
export const anyAnswer = fc.record(answerFields, { requiredKeys: [] });
