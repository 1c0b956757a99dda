import { catchError } from "../../support/failure";
import { lost, remember, startMs } from "../../support/rememberedCredentials";

const minute = 60_000;

const endingIn = (minutes: number) => ({ expiresAt: startMs + minutes * minute });

it("concurrent callers share one request", async () => {
  const { provide, asked } = remember(endingIn(120));
  const given = await Promise.all(Array.from({ length: 200 }, () => provide()));
  expect(new Set(given.map(({ secretId }) => secretId))).toEqual(new Set(["id1"]));
  expect(asked()).toBe(1);
});

it("a key without an expiry is never requested again", async () => {
  const { provide, clock, asked } = remember({});
  await provide();
  clock.now += 1e12;
  await provide();
  expect(asked()).toBe(1);
});

it.each([
  ["are not renewed long before their expiry", 0, 1],
  ["are not renewed just before 10 minutes are left", 110 * minute - 1, 1],
  ["are renewed when 10 minutes are left", 110 * minute, 2],
  ["are renewed after their expiry", 200 * minute, 2],
])("temporary credentials of two hours %s", async (_, passedMs, expected) => {
  const { provide, clock, asked } = remember(endingIn(120), endingIn(999));
  await provide();
  clock.now += passedMs;
  const given = await Promise.all([provide(), provide(), provide()]);
  expect(asked()).toBe(expected);
  expect(given.map(({ secretId }) => secretId)).toEqual(Array(3).fill(`id${expected}`));
  expect(new Set(given.map(({ firstSecretId }) => firstSecretId))).toEqual(new Set(["id1"]));
});

it("credentials that last less than 10 minutes are used for half of that time", async () => {
  const { provide, clock, asked } = remember(endingIn(8), endingIn(999));
  await provide();
  clock.now += 4 * minute - 1;
  await provide();
  expect(asked()).toBe(1);
  clock.now += 1;
  await provide();
  expect(asked()).toBe(2);
});

it("a failure rejects all concurrent callers, and is not cached", async () => {
  const failure = new Error("STS is away");
  const { provide, asked } = remember(failure, {});
  const failures = await Promise.all([catchError(provide), catchError(provide)]);
  expect(failures).toEqual([failure, failure]);
  expect(asked()).toBe(1);
  await expect(provide()).resolves.toHaveProperty("secretId", "id2");
});

it.each([
  ["permanently", new Error("STS is away")],
  ["temporarily", lost],
])("if a renewal fails %s, the key that is still valid is used, and renewed a little later", async (_, failure) => {
  const { provide, clock, asked, delays } = remember(endingIn(120), failure, endingIn(999));
  await provide();
  clock.now += 114 * minute;
  await expect(provide()).resolves.toHaveProperty("secretId", "id1");
  await expect(provide()).resolves.toHaveProperty("secretId", "id1");
  expect(asked()).toBe(2);
  expect(delays).toEqual([]);
  clock.now += 3 * minute;
  await expect(provide()).resolves.toHaveProperty("secretId", "id3");
});

it("a renewal that fails after the key has expired is not cached, either", async () => {
  const failure = new Error("STS is away");
  const { provide, clock, asked } = remember(endingIn(120), failure, endingIn(999));
  await provide();
  clock.now += 121 * minute;
  expect(await catchError(provide)).toBe(failure);
  await expect(provide()).resolves.toHaveProperty("secretId", "id3");
  await provide();
  expect(asked()).toBe(3);
});
