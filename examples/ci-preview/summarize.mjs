// node summarize.mjs < preview.json: what a reviewer has to know of a `pulumi preview --json`, as Markdown.
import { readFileSync } from "node:fs";
import process from "node:process";

// It is empty if the preview could not begin: then the job's log says why.
const { steps = [], diagnostics = [] } = JSON.parse(readFileSync(0, "utf8") || "{}");

/** The steps that a replacement consists of are not shown. */
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
