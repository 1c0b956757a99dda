import path from "node:path";

import { runCommand } from "../../tools/command";
import { cases } from "../unit/properties/support/cases";
import { seed } from "../unit/properties/support/property";
import { project } from "./support/project";

// The property itself stands in the program, which must be one of plain Node.
it("for any declaration, a program fails at most with a clear error of Pulumi's, and secrets stay secret", async () => {
  const program = path.join(__dirname, "support", "declareAnything.cjs");
  const env = { PATH: process.env.PATH, SEED: String(seed), CASES: String(cases.programs) };
  const { stdout, stderr } = await runCommand(process.execPath, [program], { cwd: project, env });
  expect(stdout).toMatch(/^{.*}$/);
  // Every possible outcome has occurred. A value that never resolves blocks nothing, and Pulumi reports it at the end.
  expect(Object.keys(JSON.parse(stdout) as object).sort()).toEqual(["an error", "registered", "waiting"]);
  expect(stderr).toContain("was waiting for the value of its input property");
  expect(stderr).not.toMatch(/C4nary|S3cret/);
});
