import { startError } from "../../../../local-cloud/system/startError";

/** Returns an error of the system as Node.js reports it. */
const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

it.each([
  [
    failure("EMFILE", "spawn /bin/sh EMFILE"),
    "this process is out of file descriptors. Raise the limit (`ulimit -n`), or start fewer instances.",
  ],
  [
    failure("ENFILE", "ENFILE: file table overflow, mkdtemp '/tmp/x'"),
    "the system is out of file descriptors. End other processes, or start fewer instances.",
  ],
  [
    failure("EAGAIN", "spawn /bin/sh EAGAIN"),
    "the system is out of processes. Raise the limit (`ulimit -u`), or start fewer instances.",
  ],
  [
    failure("ENOMEM", "spawn /bin/sh ENOMEM"),
    "the system is out of memory. End other processes, or start fewer instances.",
  ],
  [
    failure("EADDRINUSE", "listen EADDRINUSE: address already in use 127.0.0.1:8080"),
    "address already in use (EADDRINUSE). Try another.",
  ],
  [failure("EROFS", "EROFS: read-only file system, mkdtemp '/a, b/x'"), "read-only file system (EROFS). Try another."],
  [failure("EPIPE", "write EPIPE"), "the reader has closed it (EPIPE). Try another."],
  [new Error("something else\n    at a line"), "something else. Try another."],
])("%j is reported in one line", (cause, reason) => {
  const error = startError("the start", cause, "Try another.");
  expect(error.message).toBe(`the start failed: ${reason}`);
  expect(error.cause).toBe(cause);
});
