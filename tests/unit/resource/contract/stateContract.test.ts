import { diff, read, update } from "../../support/handlers";
import { stateVersion } from "../../../../provider/resource/contract/state";
import { catchError } from "../../support/failure";
import { captureOutput } from "../../support/output";
import { checked, id, newPassword, oldPassword, state } from "../../support/resource";
import { writtenStates } from "../../../support/writtenStates";

const output = captureOutput();

it("there is a fixture of this version", () => {
  expect(new Set(writtenStates.map(({ version }) => version))).toContain(String(stateVersion));
});

/** Returns the inputs of a program for the account of a state. */
const checkedFor = ({ account }: { readonly account?: string }, password: string) => checked({ password, account });

it.each(writtenStates)(
  "version $version, $name: the same password is a change only if the reset is unfinished",
  ({ outputs }) => {
    const isDone = outputs.status === "done" && outputs.passwordFingerprint !== undefined;
    expect(diff(id, outputs, checkedFor(outputs, oldPassword))).toEqual({ changes: !isDone });
  },
);

it.each(writtenStates)("version $version, $name: another password is a change", ({ outputs }) => {
  expect(diff(id, outputs, checkedFor(outputs, newPassword))).toEqual({ changes: true });
});

describe("what an up does without a change", () => {
  /** The lines of a preview, by kind of state. */
  const said: Readonly<Record<string, RegExp>> = {
    pending: /: the last reset will be completed \(task 16657\)$/,
    "pending, with the newest task": /: the last reset will be completed \(task 16657\)$/,
    "pending, with other triggers than before": /: the last reset will be completed \(task 16657\)$/,
    "pending, of another account than the default one":
      /^crs-5a4py64p\/app: the last reset will be completed \(task 16657\)$/,
    "pending, a reset without a task": /: the password will be reset \(the last reset may not have been carried out\)$/,
    failed: /: the password will be reset \(the last reset may not have been carried out\)$/,
    "failed, a reset without a task": /: the password will be reset \(The service accepted the reset without a task, /,
    drifted: /: the password will be reset \(password-free mode is on\)$/,
    "imported, without a fingerprint": /: will be adopted with its password$/,
  };

  it.each(writtenStates)("version $version, $name", ({ name, outputs }) => {
    diff(id, outputs, checkedFor(outputs, oldPassword));
    expect(output()).toEqual(said[name] ? [expect.stringMatching(said[name])] : []);
  });
});

describe("a state of a newer version is rejected, in one sentence", () => {
  const newer = state({ stateVersion: stateVersion + 1 });

  it.each<[string, () => unknown]>([
    ["a preview", () => diff(id, newer, checked())],
    ["an update", () => update(id, newer, checked())],
    ["a refresh", () => read(id, newer)],
  ])("by %s", async (_, call) => {
    expect(await catchError(call)).toMatchObject({
      message:
        "crs-5a4py64p: the state is one of version 2, which this version of pulumi-tencentcloud-redis does not know: " +
        "install the newer one that wrote it",
    });
  });
});
