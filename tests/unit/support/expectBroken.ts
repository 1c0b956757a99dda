import { inspectError, catchError } from "./failure";

/**
 * Expects that a source of credentials fails with this message, and that the error shows no secret. In tests, all
 * secrets contain `S3CRET`.
 */
export async function expectBroken(find: () => unknown, message: string): Promise<void> {
  const error = await catchError(find);
  expect(error).toMatchObject({ name: "CredentialsError", message });
  expect(message).not.toMatch(/[\r\n]/);
  expect(inspectError(error)).not.toContain("S3CRET");
}
