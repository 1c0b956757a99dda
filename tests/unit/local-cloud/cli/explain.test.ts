import { explain } from "../../../../local-cloud/cli/explain";
import { UsageError } from "../../../../local-cloud/cli/usageError";
import { OptionsError } from "../../../../local-cloud/setup/optionsError";

const help = "See `tencent-redis-local --help`.";
const key = "--secret-key-file or TENCENT_REDIS_LOCAL_SECRET_KEY";
const token = "--web-identity-token-file or TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN";

it.each([
  ["port", [], "--port"],
  ["instances", [], "--instance"],
  ["secretKey", [], key],
  ["webIdentityToken", [], token],
  ["temporaryKeySeconds", [], "--temporary-key-seconds"],
  ["timeZoneHours", [], "--time-zone"],
  ["roles", ["0"], "--role number 1"],
  ["faults", ["1"], "--fault number 2"],
] as const)("an error about the option %s %j names %s", (option, path, named) => {
  const error = new OptionsError([{ option, path, reason: "is wrong" }]);
  expect(explain(error, "--help")).toEqual({ line: `${named}: is wrong. ${help}`, exitCode: 2 });
});

it.each([
  ["a usage error refers to the help", new UsageError("--log", "is wrong"), `--log: is wrong. ${help}`, 2],
  ["only the first line of any other error is shown", new Error("it failed\n at"), "it failed", 1],
  ["a thrown string is shown unchanged", "it failed", "it failed", 1],
])("when the start fails, %s", (_, error, line, exitCode) => {
  expect(explain(error, "--help")).toEqual({ line, exitCode });
});

it("a usage error of reset refers to the help of reset", () => {
  const line = "--account: is wrong. See `tencent-redis-local reset --help`.";
  expect(explain(new UsageError("--account", "is wrong"), "reset --help")).toEqual({ line, exitCode: 2 });
});
