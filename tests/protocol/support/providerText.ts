import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

import { patienceMs } from "./patience";
import { project } from "./project";

let text: Promise<string> | undefined;

/** Returns the text that Pulumi stores with every resource of ours and runs. Created once per test file. */
export function providerText(): Promise<string> {
  return (text ??= print());
}

async function print(): Promise<string> {
  const program = path.join(__dirname, "printProviderText.cjs");
  const { stdout } = await promisify(execFile)(process.execPath, [program], { cwd: project, timeout: patienceMs });
  return stdout;
}
