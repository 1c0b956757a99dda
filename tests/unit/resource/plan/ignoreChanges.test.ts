import { diff } from "../../support/handlers";
import { catchError } from "../../support/failure";
import { captureOutput } from "../../support/output";
import { type State, id, state, stateWithoutPassword, withoutPassword } from "../../support/resource";

const output = captureOutput();

const nothing = { changes: false };
const change = { changes: true };

describe("with ignoreChanges on the password", () => {
  it("nothing changes if nothing else has", () => {
    expect(diff(id, stateWithoutPassword(), withoutPassword())).toStrictEqual(nothing);
    expect(output()).toEqual([]);
  });

  it.each([
    ["with the password in the recorded inputs", stateWithoutPassword({ status: "pending" })],
    ["with another password than in the recorded inputs", state({ status: "pending" })],
  ])("a reset that timed out is completed %s", (_, recorded) => {
    expect(diff(id, recorded, withoutPassword())).toStrictEqual(change);
    expect(output()).toEqual(["crs-5a4py64p: the last reset will be completed (task 11111)"]);
  });

  it("a failed update is not repeated", () => {
    expect(diff(id, state(), withoutPassword())).toStrictEqual(nothing);
    expect(output()).toEqual([]);
  });

  it.each<[string, Partial<State>, { instanceId?: string; region?: string; triggers?: object }, string]>([
    ["another trigger", {}, { triggers: {} }, "trigger month changed"],
    ["another instance", {}, { instanceId: "crs-another1" }, "instanceId changed"],
    [
      "another instance in another region",
      {},
      { instanceId: "crs-another1", region: "ap-shanghai" },
      "instanceId changed, region changed",
    ],
    ["a reset whose response was lost", { status: "failed" }, {}, "the last reset may not have been carried out"],
  ])(
    "an operation that needs the password fails, in one sentence and without a stack: %s",
    async (_, recorded, changes, reason) => {
      const error = await catchError(() => diff(id, stateWithoutPassword(recorded), withoutPassword(changes)));
      expect(error).toMatchObject({
        stack: "",
        message:
          `The password of ${changes.instanceId ?? "crs-5a4py64p"} must be reset (${reason}), but ignoreChanges hides it: ` +
          "remove password from ignoreChanges for this run",
      });
      expect(output()).toEqual([]);
    },
  );
});
