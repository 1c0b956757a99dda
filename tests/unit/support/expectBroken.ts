import { inspectError, catchError } from "./failure";

/**
 * Expects that a source of credentials fails with its own reason and shows no secret: in tests, all secrets contain
 * this word.
 */
export async function expectBroken(find: () => unknown, message: string): Promise<void> {
  const error = await catchError(find);
  expect(error).toMatchObject({ name: "CredentialsError", message });
  expect(message).not.toMatch(/[\r\n]/);
  expect(inspectError(error)).not.toContain("S3CRET");
}
