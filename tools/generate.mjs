/**
 * Writes what is generated from the sources and kept with them: the report of all public types, and the reference.
 * With --check it changes nothing, and fails where they are not what the sources say. The build comes before.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import process from "node:process";

const root = path.join(import.meta.dirname, "..");
/** Where each is made, and where it is kept. */
const generated = { "build/api": "api", "build/reference": "docs/reference" };

const typedoc = path.join(root, "node_modules", "typedoc", "bin", "typedoc");
execFileSync(process.execPath, [typedoc, "--logLevel", "Warn"], { cwd: root, stdio: "inherit" });

for (const [made, kept] of Object.entries(generated)) {
  if (!process.argv.includes("--check")) {
    rmSync(path.join(root, kept), { recursive: true, force: true });
    cpSync(path.join(root, made), path.join(root, kept), { recursive: true });
  } else if (JSON.stringify(contents(made)) !== JSON.stringify(contents(kept))) {
    process.stderr.write(`${kept} is not what the sources say: run \`npm run generate\`, and look at what changes\n`);
    process.exitCode = 1;
  }
}

function contents(folder) {
  const whole = path.join(root, folder);
  if (!existsSync(whole)) return [];
  const names = readdirSync(whole, { recursive: true }).sort();
  return names.filter((name) => path.extname(name)).map((name) => [name, readFileSync(path.join(whole, name), "utf8")]);
}
