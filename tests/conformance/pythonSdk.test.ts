/** The vendor's Python SDK, unmodified, against the local cloud. */
import { spawnSync } from "node:child_process";
import path from "node:path";

import { findOnPath } from "../../tools/command";
import { type ClientKind, SdkProcess } from "./support/sdkProcess";
import { commonKinds, itConforms } from "./support/sdkSuite";
import { install } from "./support/temporaryFolder";

const pinned = ["tencentcloud-sdk-python-common==3.1.195", "tencentcloud-sdk-python-redis==3.1.189"];

const kinds: readonly ClientKind[] = [
  ...commonKinds,
  { method: "POST", signMethod: "TC3-HMAC-SHA256", unsignedPayload: true },
  { method: "GET", signMethod: "TC3-HMAC-SHA256", unsignedPayload: true },
];

/** Some systems have a Python that cannot make an environment for packages. */
function whatIsMissing(): string | undefined {
  if (!findOnPath("python3")) return "python3 is not installed";
  const { status } = spawnSync("python3", ["-c", "import venv, ensurepip"], { timeout: 10_000 });
  return status === 0 ? undefined : "python3 is installed without venv";
}

const missing = whatIsMissing();
const name = `the Python SDK, ${pinned.join(" ")}`;

// Nobody needs Python to work on this package: a machine without it says so, and tests the rest.
if (missing) {
  // Jest does not print the name of a file's only test when that is skipped.
  process.stderr.write(`Skipped: ${name}: ${missing}\n`);
  test.skip(`${name}: ${missing}`, () => {});
} else {
  describe(name, () => {
    itConforms({
      errorType: "TencentCloudSDKException",
      kinds,
      async start(folder) {
        await install("python3", ["-m", "venv", folder]);
        const python = path.join(folder, "bin", "python");
        await install(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...pinned]);
        return new SdkProcess(python, [path.join(__dirname, "support/pythonSdk.py")]);
      },
    });
  });
}
