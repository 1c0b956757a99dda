import { diff } from "../../support/handlers";
import { captureOutput } from "../../support/output";
import { type State, id, state, recordedWithoutCheck } from "../../support/resource";

const output = captureOutput();

const nothing = { changes: false };
const change = { changes: true };

describe("in a refresh, which compares recorded values without a check", () => {
  it("equal recorded values are no change", () => {
    const inputs = recordedWithoutCheck("known-to-no-run-6");
    expect(diff(id, state({ passwordFingerprint: inputs.password }), inputs)).toStrictEqual(nothing);
    expect(output()).toEqual([]);
  });

  it.each<[string, Partial<State>]>([
    ["a pending update", { status: "pending" }],
    ["a lost response", { status: "failed" }],
    ["a failed update", {}],
  ])("no password is needed, and nothing is logged: %s", (_, recorded) => {
    expect(diff(id, state(recorded), recordedWithoutCheck("of-a-failed-update-5"))).toStrictEqual(change);
    expect(output()).toEqual([]);
  });
});
