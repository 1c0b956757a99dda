import { inspectError, catchError } from "./failure";

/** A source of credentials stops with its own reason, and shows no secret: all of them hold this word in tests. */
export async function expectBroken(find: () => unknown, message: string): Promise<void> {
  const error = await catchError(find);
  expect(error).toMatchObject({ name: "CredentialsError", message });
  expect(message).not.toMatch(/[\r\n]/);
  expect(inspectError(error)).not.toContain("S3CRET");
}
