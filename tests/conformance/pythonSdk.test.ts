/** The vendor's Python SDK, unmodified, against the local cloud. */
import path from "node:path";

import { describeWithPython, installPython } from "./support/python";
import { type ClientKind, SdkProcess } from "./support/sdkProcess";
import { commonKinds, itConforms } from "./support/sdkSuite";

const pinned = ["tencentcloud-sdk-python-common==3.1.195", "tencentcloud-sdk-python-redis==3.1.189"];

const kinds: readonly ClientKind[] = [
  ...commonKinds,
  { method: "POST", signMethod: "TC3-HMAC-SHA256", unsignedPayload: true },
  { method: "GET", signMethod: "TC3-HMAC-SHA256", unsignedPayload: true },
];

describeWithPython(`the Python SDK, ${pinned.join(" ")}`, () => {
  itConforms({
    errorType: "TencentCloudSDKException",
    kinds,
    async start(folder) {
      const python = await installPython(folder, ...pinned);
      return new SdkProcess(python, [path.join(__dirname, "support/pythonSdk.py")]);
    },
  });
});
