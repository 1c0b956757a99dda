import fc from "fast-check";

import { configure, read, setEnvironment } from "../support/handlers";
import "../support/errorsOfNode";
import { id, state } from "../support/resource";
import { anyText, jsonValue, secretText } from "./support/arbitraries";
import { holds } from "./support/property";
import { expectOwnError } from "./support/shown";

// Nothing listens there.
beforeEach(() => setEnvironment({ TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:1" }));

/** Sets the config of a stack. An endpoint at which nothing listens keeps all requests on this machine. */
function configured(values: Readonly<Record<string, unknown>>): void {
  const all: Readonly<Record<string, unknown>> = { "tencentcloud-redis:endpoint": "http://127.0.0.1:1", ...values };
  const config = { get: (name: string) => all[name] };
  configure({ config } as unknown as Parameters<typeof configure>[0]);
}

/** Returns the error of a refresh before anything is sent. */
async function failure(): Promise<Error> {
  const timeBefore = performance.now();
  const error: unknown = await read(id, state()).catch((thrown: unknown) => thrown);
  expect(performance.now() - timeBefore).toBeLessThan(60_000);
  expectOwnError(error);
  return error as Error;
}

const names = fc.constantFrom(
  ...["secretId", "secretKey", "securityToken", "profile", "sharedCredentialsDir", "assumeRole"],
  ...["endpoint", "domain", "protocol"],
);
const namespaces = fc.constantFrom("tencentcloud-redis", "tencentcloud");
const notAText = jsonValue.filter((value) => typeof value !== "string" && value !== null);

it("a value of another type is rejected by name", () =>
  holds("configOfAnyType", fc.tuple(namespaces, names, notAText), async ([namespace, name, value]) => {
    // A domain and a protocol only matter without an endpoint, and a role's name only on a machine without one.
    const others = name === "domain" || name === "protocol" ? { "tencentcloud-redis:endpoint": undefined } : {};
    configured({ ...others, [`${namespace}:${name}`]: value });
    const error = await failure();
    expect(["SettingsError", "CredentialsError"]).toContain(error.name);
    expect(error.message).toContain(`${namespace}:${name}`);
  }));

const texts = fc.oneof(
  anyText,
  secretText.map((text) => text.replaceAll("C4nary", "")),
  fc.webUrl(),
);

it("an invalid string is rejected in one line", () =>
  holds("configOfAnyText", fc.tuple(namespaces, names, texts), async ([namespace, name, text]) => {
    const others = name === "domain" || name === "protocol" ? { "tencentcloud-redis:endpoint": "" } : {};
    // No request may be sent, so no address may be valid.
    const isAddress = name === "endpoint" || name === "domain" || name === "protocol";
    configured({ ...others, [`${namespace}:${name}`]: isAddress ? `ftp://${text}` : text });
    const error = await failure();
    expect(["SettingsError", "CredentialsError"]).toContain(error.name);
  }));
