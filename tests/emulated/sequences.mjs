// npm run test:sequences -- --seed 7 --count 5000: plays other stories than the tests do, or more of them.
import { spawnSync } from "node:child_process";
import process from "node:process";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    count: { type: "string", default: "1000" },
    /** How many steps a story has at most. */
    length: { type: "string", default: "12" },
    /** Where a failed run has ended: only that story is played. */
    path: { type: "string", default: "" },
    /** A regular expression: stories that break a promise in such words are passed over. */
    except: { type: "string", default: "" },
    /** `class` or `plugin`; both unless given. */
    "front-end": { type: "string" },
  },
});
const environment = Object.entries(values).map(([name, value]) => [
  `SEQUENCES_${name.toUpperCase().replace("-", "_")}`,
  value,
]);
const args = ["jest", "--selectProjects", "emulated", "--testPathPatterns", "emulated/sequences", "--runInBand"];
const env = { ...process.env, ...Object.fromEntries(environment) };
process.exitCode = spawnSync("npx", args, { stdio: "inherit", env }).status ?? 1;
