import { ApiError, CredentialsError, TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { describeRetry } from "../../../../provider/tencentcloud/retry/retryNotice";

const throttled = new ApiError("AssumeRole", "RequestLimitExceeded", "r1", "Too fast.");
const refused = new ApiError("AssumeRole", "AuthFailure.SecretIdNotFound", "r1", "No.");
const lost = new TransportError("AssumeRole", "lost", "socket hang up");
const causedBy = (cause: Error) => new CredentialsError(`no credentials: ${cause.message}`, { cause });

const wasThrottled = "AssumeRole was throttled (RequestLimitExceeded, request r1)";
const wasRefused = "AssumeRole failed: No. (AuthFailure.SecretIdNotFound, request r1)";
const gotNoAnswer = "AssumeRole got no usable answer: socket hang up";

it.each<[string, Error, string]>([
  ["that a request was throttled", throttled, wasThrottled],
  ["why a request was refused, without advice", refused, wasRefused],
  ["that no response arrived", lost, gotNoAnswer],
  ["that the request for credentials was throttled", causedBy(throttled), wasThrottled],
  ["why the request for credentials was refused, without advice", causedBy(refused), wasRefused],
  ["that the request for credentials got no response", causedBy(lost), gotNoAnswer],
  ["why there are no credentials", causedBy(new Error("an unreadable file")), "no credentials: an unreadable file"],
])("the message about a retry says %s", (_, error, expected) => {
  expect(describeRetry(error, 59_001)).toBe(`${expected}; retrying for up to 60 s`);
});
