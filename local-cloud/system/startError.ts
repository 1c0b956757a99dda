/** Which resource of the machine is exhausted, by the code of the failed system call, and what to do. */
const exhausted: Readonly<Record<string, string>> = {
  EMFILE: "this process is out of file descriptors. Raise the limit (`ulimit -n`), or start fewer instances.",
  ENFILE: "the system is out of file descriptors. End other processes, or start fewer instances.",
  EAGAIN: "the system is out of processes. Raise the limit (`ulimit -u`), or start fewer instances.",
  ENOMEM: "the system is out of memory. End other processes, or start fewer instances.",
};

/** Returns an error with one line for a system call that failed during the start of the cloud. */
export function startError(operation: string, cause: unknown, advice = ""): Error {
  const { code = "", message = "" } = cause as Partial<NodeJS.ErrnoException>;
  const reason = exhausted[code] ?? [`${plain(message)}.`, advice].filter(Boolean).join(" ");
  return new Error(`${operation} failed: ${reason}`, { cause });
}

/**
 * Removes the system call from a message such as `EACCES: permission denied, mkdtemp '/x'` or `listen EADDRINUSE: …`,
 * which says nothing to the reader.
 */
function plain(message: string): string {
  const [firstLine = ""] = message.split("\n");
  if (firstLine === "write EPIPE") return "the reader has closed it (EPIPE)";
  return firstLine.replace(/^(?:\w+ )?(E[A-Z]+): ([^,]+?)(?:,.*| [\d.:]+)?$/, "$2 ($1)");
}
