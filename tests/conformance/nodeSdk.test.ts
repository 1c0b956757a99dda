/**
 * The vendor's Node.js SDK, unmodified, against the local cloud.
 *
 * Its Redis client comes only with those of all the vendor's services, 60 MB, so it is no dependency of this package.
 */
import path from "node:path";

import { SdkProcess } from "./support/sdkProcess";
import { commonKinds, itConforms } from "./support/sdkSuite";
import { install } from "./support/temporaryFolder";

const pinned = "tencentcloud-sdk-nodejs@4.1.313";

describe(`the Node.js SDK, ${pinned}`, () => {
  itConforms({
    errorType: "TencentCloudSDKHttpException",
    kinds: commonKinds,
    async start(folder) {
      await install("npm", [
        "install",
        "--prefix",
        folder,
        "--no-save",
        "--ignore-scripts",
        "--prefer-offline",
        pinned,
      ]);
      return new SdkProcess(process.execPath, [path.join(__dirname, "support/nodeSdk.cjs"), folder]);
    },
  });
});
