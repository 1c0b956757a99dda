import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

import { codeIn, tableRows } from "../../support/markdown";
import { diff, read, update } from "../support/handlers";
import { stateVersion } from "../../../provider/resource/state";
import { failureOf } from "../support/failure";
import { captureOutput } from "../support/output";
import { type State, checked, id, newPassword, oldPassword, state } from "../support/resource";

const output = captureOutput();

const folder = path.join(__dirname, "states");

/** Every kind of state that any version has written, by its version and its name. The password is the old one. */
const written = readdirSync(folder).flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Record<string, State>).map(
    ([name, outputs]) => ({ version: path.basename(file, ".json"), name, outputs }),
  ),
);

it("there is a fixture of this version", () => {
  expect(new Set(written.map(({ version }) => version))).toContain(String(stateVersion));
});

it.each(written)("version $version, $name: the same password means what it meant", ({ outputs }) => {
  const isDone = outputs.status === "done" && outputs.passwordFingerprint !== undefined;
  expect(diff(id, outputs, checked({ password: oldPassword }))).toEqual({ changes: !isDone });
});

it.each(written)("version $version, $name: another password is a change", ({ outputs }) => {
  expect(diff(id, outputs, checked({ password: newPassword }))).toEqual({ changes: true });
});

describe("what an up does without a change", () => {
  /** What a preview says, by the kind of state. */
  const said: Readonly<Record<string, RegExp>> = {
    pending: /: the last reset will be completed \(task 16657 had not ended\)$/,
    "pending, with the newest task": /: the last reset will be completed \(task 16657 had not ended\)$/,
    "pending, a reset without a task": /: the password will be reset \(the last reset may not have been carried out\)$/,
    failed: /: the password will be reset \(the last reset may not have been carried out\)$/,
    "failed, a reset without a task": /: the password will be reset \(The service accepted the reset without a task, /,
    drifted: /: the password will be reset \(password-free mode is on\)$/,
    "imported, without a fingerprint": /: will be adopted with its password$/,
  };

  it.each(written)("version $version, $name", ({ name, outputs }) => {
    diff(id, outputs, checked({ password: oldPassword }));
    expect(output()).toEqual(said[name] ? [expect.stringMatching(said[name])] : []);
  });
});

it("each output that docs/state.md describes is in a fixture, and no other but Pulumi's", () => {
  const described = tableRows("docs/state.md", "output").flatMap(([name = ""]) => codeIn(name));
  const outputs = written
    .filter(({ version }) => version === String(stateVersion))
    .flatMap((each) => Object.keys(each.outputs));
  // There is no other account than the default one yet.
  expect(new Set([...described, "__provider"])).toEqual(new Set([...outputs, "account"]));
});

describe("a state of a newer version is refused, in one sentence", () => {
  const newer = state({ stateVersion: stateVersion + 1 });

  it.each<[string, () => unknown]>([
    ["a preview", () => diff(id, newer, checked())],
    ["an update", () => update(id, newer, checked())],
    ["a refresh", () => read(id, newer)],
  ])("by %s", async (_, call) => {
    expect(await failureOf(call)).toMatchObject({
      message:
        "crs-5a4py64p: the state is one of version 2, which this version of pulumi-tencentcloud-redis does not know: " +
        "install the newer one that wrote it",
      stack: "",
    });
  });
});
