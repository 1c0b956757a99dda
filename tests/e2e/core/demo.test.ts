import path from "node:path";

import { runCommand } from "../../../tools/command";
import { root } from "../../support/markdown";
import { shown } from "../support/fixture";

it("the demo runs to its end", async () => {
  const demo = await runCommand(process.execPath, [path.join(root, "build", "tools", "demo.js")], {
    env: process.env,
    timeoutMs: 9 * 60_000,
  });
  expect(shown(demo)).toMatch(
    /AUTH with the new password: accepted[^]*Done\. The local cloud, its Redis server and the stack are gone\.\n$/,
  );
  expect(demo.code).toBe(0);
});
