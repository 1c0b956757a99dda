import type { Values } from "../../support/credentialContext";
import { catchError } from "../../support/failure";
import { own, shared } from "../../support/identities";
import { key, ownHost, useSettings } from "../../support/settings";

const { set, send, session, hosts } = useSettings();

it.each<[string, Values, Values]>([
  ["TENCENTCLOUD_PROTOCOL", { TENCENTCLOUD_PROTOCOL: "http" }, {}],
  ["tencentcloud:protocol", {}, { "tencentcloud:protocol": "http" }],
  ["tencentcloud-redis:protocol", {}, { "tencentcloud-redis:protocol": "http" }],
])("a protocol without encryption is rejected under the name of the setting: %s", async (name, environment, config) => {
  set({ ...key, ...environment }, config);
  expect(await catchError(() => send())).toMatchObject({
    name: "SettingsError",
    message: `${name} must use https: plain http is for loopback addresses only`,
  });
  expect(hosts()).toEqual([]);
});

describe("a setting of this package in the namespace of the tencentcloud provider", () => {
  const endpointError = "Config tencentcloud:endpoint is not supported: rename it to tencentcloud-redis:endpoint";
  const stsEndpointError =
    "Config tencentcloud:stsEndpoint is not supported: rename it to tencentcloud-redis:stsEndpoint";

  it.each<[string, Values, Values, string]>([
    ["endpoint", {}, shared("endpoint", "http://127.0.0.1:2"), endpointError],
    ["stsEndpoint", {}, shared("stsEndpoint", "http://127.0.0.1:2"), stsEndpointError],
    [
      "both",
      {},
      { ...shared("endpoint", "http://127.0.0.1:2"), ...shared("stsEndpoint", "http://127.0.0.1:2") },
      `${endpointError}; ${stsEndpointError}`,
    ],
    [
      "endpoint, even with the new name and the variable",
      { TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:1" },
      { ...shared("endpoint", "http://127.0.0.1:2"), ...own("endpoint", "http://127.0.0.1:3") },
      endpointError,
    ],
    ["a blank endpoint", {}, shared("endpoint", " "), endpointError],
  ])("is an error with the correct name, and nothing is sent: %s", async (_, environment, config, message) => {
    set({ ...key, ...environment }, config);
    expect(await catchError(() => send())).toMatchObject({ name: "SettingsError", message });
    expect(hosts()).toEqual([]);
  });

  it("counts as not set if it is empty", async () => {
    set(key, { ...shared("endpoint", ""), ...shared("stsEndpoint", "") });
    expect((await send()).url).toBe(ownHost);
  });
});

it.each<[string, Values, string, string]>([
  [
    "a secret id without a secret key",
    { ...key, TENCENTCLOUD_SECRET_KEY: "" },
    "CredentialsError",
    "Environment: TENCENTCLOUD_SECRET_ID is set, ",
  ],
  [
    "an invalid endpoint",
    { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "x" },
    "SettingsError",
    "TENCENTCLOUD_REDIS_ENDPOINT must give an address",
  ],
])("with %s nothing is sent, and the error says why", async (_, environment, name, message) => {
  set(environment, {});
  const error = await catchError(() => send());
  expect(error).toMatchObject({ name, message: expect.stringContaining(message) as unknown });
  expect(hosts()).toEqual([]);
});

it.each([5, true, {}, ["http://127.0.0.1:1"]])(
  "a config value of another type is rejected by name: %j",
  async (value) => {
    set(key, {});
    session().configure((name) => (name === "tencentcloud-redis:endpoint" ? (value as string) : undefined));
    expect(await catchError(send)).toMatchObject({
      name: "SettingsError",
      message: "Config tencentcloud-redis:endpoint must be a string",
    });
    expect(hosts()).toEqual([]);
  },
);

it("an error is one line, for any name of a profile", async () => {
  set({ TENCENTCLOUD_SHARED_CREDENTIALS_DIR: "/nonexistent" }, {});
  const error = await catchError(() => send({ profile: "a\n\x1b[31mb" }));
  const reason = "Profile a [31mb: /nonexistent/a [31mb.credential does not exist";
  expect(error).toMatchObject({ name: "CredentialsError", message: reason });
});
