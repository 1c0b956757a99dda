import path from "node:path";

import { runCommand } from "../../tools/command";
import { project } from "./support/project";

// In plain Node, whose fake timers these are.
it("a unit test with mocks and Node's fake timers creates resources of one instance, with its own inputs only", async () => {
  const program = path.join(__dirname, "support", "createWithMocks.cjs");
  const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: "1" };
  const { stdout, stderr } = await runCommand(process.execPath, [program], { cwd: project, env });
  const inputs = ["__provider", "instanceId", "password", "region"];
  expect(JSON.parse(stdout)).toEqual([
    ["cache", ...inputs],
    ["cache", ...inputs],
    ["other", ...inputs],
  ]);
  expect(stderr).toBe("");
});
