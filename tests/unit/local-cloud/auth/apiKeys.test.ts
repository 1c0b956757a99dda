import { type ApiKey, ApiKeys, requireToken } from "../../../../local-cloud/auth/apiKeys";
import { clockWithCalendar } from "../../../../local-cloud/system/clock";
import { catchError } from "../../support/failure";

const now = 1_700_000_000;
const permanent: ApiKey = { secretId: "AKID1", secretKey: "key", accountId: "1" };
const temporary: ApiKey = { ...permanent, temporary: { token: "token", expiresAt: new Date((now + 1) * 1000) } };

it.each([
  ["a permanent key without a token", permanent, undefined, now],
  ["a temporary key with its token", temporary, "token", now],
])("%s is accepted", (_, key, token, nowSeconds) => {
  expect(() => requireToken(key, token, nowSeconds)).not.toThrow();
});

it.each([
  ["a permanent key with a token", permanent, "token", now],
  ["a temporary key without its token", temporary, undefined, now],
  ["a temporary key with another token", temporary, "other", now],
  ["a temporary key at its expiry", temporary, "token", now + 1],
])("%s is refused", async (_, key, token, nowSeconds) => {
  expect(await catchError(() => requireToken(key, token, nowSeconds))).toMatchObject({
    code: "AuthFailure.TokenFailure",
  });
});

it("keys are unique, and expire on a full second", () => {
  const keys = new ApiKeys(
    [permanent],
    clockWithCalendar(() => new Date(now * 1000 + 999)),
  );
  const [first, second] = [keys.issue(60, { accountId: "1" }), keys.issue(60, { accountId: "1" })];
  expect(first.temporary.expiresAt).toEqual(new Date((now + 60) * 1000));
  expect(keys.find(first.secretId)).toBe(first);
  expect(new Set([first, second].flatMap((key) => [key.secretId, key.secretKey, key.temporary.token])).size).toBe(6);
});

it("a key is forgotten an hour after its expiry, and a permanent one never", async () => {
  let time = now;
  const keys = new ApiKeys(
    [permanent],
    clockWithCalendar(() => new Date(time * 1000)),
  );
  const { secretId } = keys.issue(60, { accountId: "1" });
  time += 60 + 3600;
  keys.issue(60, { accountId: "1" });
  expect(keys.find(secretId)).toBeDefined();
  time += 1;
  keys.issue(60, { accountId: "1" });
  expect(await catchError(() => keys.find(secretId))).toMatchObject({ code: "AuthFailure.SecretIdNotFound" });
  expect(keys.find("AKID1")).toBe(permanent);
});
