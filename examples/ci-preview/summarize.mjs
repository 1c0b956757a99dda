// node summarize.mjs < preview.json: turns the output of `pulumi preview --json` into Markdown for a reviewer.
import { readFileSync } from "node:fs";
import process from "node:process";

// The input is empty if the preview could not start: the job's log says why.
const { steps = [], diagnostics = [] } = JSON.parse(readFileSync(0, "utf8") || "{}");

/** Not the single steps of a replacement. */
const shown = new Set(["create", "update", "replace", "delete"]);
const isFailed = steps.length === 0 || diagnostics.some(({ severity }) => severity === "error");
const changes = steps
  .filter(({ op, urn }) => shown.has(op) && urn.includes("RedisInstancePassword::"))
  .map(({ op, urn }) => `${urn.split("::").at(-1)}: ${op}`);
const messages = diagnostics.map(({ message }) => message.trim()).filter((message) => message !== "");

const list = (entries) => entries.map((entry) => `- \`${entry.replaceAll(/[\n`]+/g, " ")}\``).join("\n");
const paragraphs = [
  "### Redis passwords",
  ...(isFailed ? ["**The preview failed.**"] : []),
  ...(changes.length > 0 ? [list(changes)] : isFailed ? [] : ["No password changes."]),
  ...(messages.length > 0 ? ["Messages of the preview:", list(messages)] : []),
];
process.stdout.write(`${paragraphs.join("\n\n")}\n`);
