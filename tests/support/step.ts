/** Runs a part of a long test. An error in it is prefixed with the name of the part. */
export async function step(name: string, run: () => void | Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Error) addName(name, error);
    throw error;
  }
}

/** Jest shows the stack, which repeats the message. */
function addName(name: string, error: Error): void {
  const { message, stack = "" } = error;
  error.message = `${name}: ${message}`;
  error.stack = stack.replace(message, () => error.message);
}
