import { everythingOf, failureOf } from "./failure";

/** A source of credentials stops with its own reason, and shows no secret: all of them hold this word in tests. */
export async function expectBroken(find: () => unknown, message: string): Promise<void> {
  const error = await failureOf(find);
  expect(error).toMatchObject({ name: "CredentialsError", message });
  expect(message).not.toMatch(/[\r\n]/);
  expect(everythingOf(error)).not.toContain("S3CRET");
}
