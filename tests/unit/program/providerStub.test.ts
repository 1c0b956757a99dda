import { providerStub } from "../../../provider/program/providerStub";
import { catchError } from "../support/failure";

const handlers = jest.fn();

// As the package's name leads to it where it is installed; tests/protocol has the real one, in Pulumi's own process.
jest.mock("pulumi-tencentcloud-redis/handlers", () => handlers() as object, { virtual: true });

type Method = (...given: unknown[]) => unknown;

/** The provider after its configuration, which comes first in every process. */
async function configured(config: object = {}): Promise<Record<string, Method>> {
  const provider = { ...providerStub } as unknown as Record<string, Method>;
  await provider.configure?.(config);
  return provider;
}

beforeEach(() => jest.resetModules());

it("replaces its methods with the handlers, and configures them", async () => {
  const configure = jest.fn();
  const check = jest.fn();
  handlers.mockReturnValue({ configure, check });
  const config = { config: {} };
  const provider = await configured(config);
  expect(configure).toHaveBeenCalledWith(config);
  expect(provider.check).toBe(check);
});

describe("if the package cannot be loaded", () => {
  beforeEach(() => {
    handlers.mockImplementation(() => {
      throw new Error("Cannot find module\nRequire stack:\n- a.js");
    });
  });

  it.each(["check", "diff", "create", "read", "update"])(
    "%s fails with one line, and without a stack",
    async (name) => {
      const provider = await configured();
      expect(await catchError(() => provider[name]?.())).toMatchObject({
        message: "Install pulumi-tencentcloud-redis, it cannot be loaded: Cannot find module",
        stack: "",
      });
    },
  );

  it("a deletion succeeds, because it changes nothing", async () => {
    const provider = await configured();
    expect(provider.delete?.()).toBeUndefined();
  });
});
