import { step } from "./step";

const failing = async (run: () => void | Promise<void>): Promise<Error> => {
  try {
    await step("is set by the first up", run);
  } catch (error) {
    return error as Error;
  }
  throw new Error("the step has not failed");
};

it.each<[string, () => void | Promise<void>, RegExp]>([
  ["an error", () => Promise.reject(new Error("no disk")), /is set by the first up: no disk/],
  ["an assertion", () => expect({ a: 1 }).toMatchObject({ a: 2 }), /is set by the first up: .*toMatchObject/],
])("names the step in the message and in the stack of %s", async (_, run, named) => {
  const { message, stack } = await failing(run);
  expect(message).toMatch(named);
  expect(stack).toMatch(named);
  expect(stack?.split("is set by the first up")).toHaveLength(2);
});

it("changes no result of a successful step", async () => {
  await expect(step("is set by the first up", () => undefined)).resolves.toBeUndefined();
});
