import * as pulumi from "@pulumi/pulumi";

import { RedisInstancePassword } from "../../provider";

/** What Pulumi is handed for each resource, by its name. */
const registered = new Map<string, Record<string, unknown>>();

beforeAll(() =>
  pulumi.runtime.setMocks({
    newResource({ name, inputs }) {
      registered.set(name, inputs as Record<string, unknown>);
      return { id: name, state: inputs as object };
    },
    call: () => ({}),
  }),
);

it("two resources of one instance are told by their names alone: a password could stand in the place of the id", async () => {
  const args = { instanceId: "misplaced-Passw0rd", region: "ap-guangzhou", password: "crs-5a4py64p" };
  const resources = ["one", "two"].map((name) => new RedisInstancePassword(name, args));
  await Promise.all(resources.map(({ urn }) => new Promise((resolve) => urn.apply(resolve))));
  for (const name of ["one", "two"]) {
    expect(registered.get(name)?.conflict).toBe('"one" and "two" set the password of one instance: keep one of them');
  }
});
