import { expandHome, looksLikePath } from "../../../../provider/tencentcloud/credentials/files";
import { catchError } from "../../support/failure";

describe("a value looks like a path", () => {
  it.each(["/etc/token", "./token", "../token", "~", "~/token", "c:/token", "C:\\token", "\\\\server\\token", "/a b"])(
    "%s",
    (value) => {
      expect(looksLikePath(value)).toBe(true);
    },
  );

  it("with 1000 characters", () => {
    expect(looksLikePath(`/${"x".repeat(999)}`)).toBe(true);
  });
});

describe("a value does not look like a path, and may be a secret", () => {
  it.each(["", "S3CRET", "S3/CRET", ".../S3CRET", "1:/S3CRET", "C:S3CRET", "/S3CRET=", "/[default]", "/{}", "/a\nb"])(
    "%j",
    (value) => {
      expect(looksLikePath(value)).toBe(false);
    },
  );

  it("with more than 1000 characters", () => {
    expect(looksLikePath(`/${"x".repeat(1000)}`)).toBe(false);
  });
});

it.each([
  ["/etc/token", "/etc/token"],
  ["token~", "token~"],
  ["~", "/home/me"],
  ["~/token", "/home/me/token"],
])("only a leading ~ is expanded to the home directory: %s", (value, expected) => {
  expect(expandHome("SETTING", value, "/home/me").replace(/\/$/, "")).toBe(expected);
});

it.each(["~other", "~other/~/token"])("the home directory of another user is an error: %s", async (value) => {
  expect(await catchError(() => expandHome("SETTING", value, "/home/me"))).toMatchObject({
    name: "CredentialsError",
    message: 'SETTING: "~" stands for your own home directory only, use a full path for another one',
  });
});
