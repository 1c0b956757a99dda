import { type EngineEvent, LocalWorkspace } from "@pulumi/pulumi/automation";

import { batches } from "./batches";

/** The result for an instance: `left` if this run has not reached it. */
type Outcome = "done" | "failed" | "left";

/** Not "debug": debug events hold whole messages between Pulumi and its providers, including secrets. */
const severities = ["info", "info#err", "warning", "error"];

/** Rotates one batch after another, and stops at the first that fails. */
async function rotateFleet(): Promise<void> {
  const outcomes = new Map<string, Outcome>(
    batches.flatMap(({ instanceIds }) => instanceIds.map((id) => [id, "left"])),
  );
  for (const { stack, instanceIds } of batches) {
    console.log(`${stack}: ${instanceIds.length} of ${outcomes.size} instances`);
    if (await rotate(stack, outcomes)) continue;
    console.error(`\nStopped, since ${stack} has failed.`);
    for (const outcome of ["done", "failed", "left"] as const) console.error(listed(outcome, outcomes));
    console.error("Fix the cause, and run this again with the same key. Instances that are done are not reset again.");
    process.exitCode = 1;
    return;
  }
  console.log(`\nAll ${outcomes.size} instances are done.`);
}

/** Rotates a batch, and returns whether all of its instances have their passwords. */
async function rotate(stackName: string, outcomes: Map<string, Outcome>): Promise<boolean> {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName, workDir: process.cwd() });
  const errors: string[] = [];
  const onEvent = ({ resOutputsEvent, resOpFailedEvent, diagnosticEvent }: EngineEvent): void => {
    const ended = resOutputsEvent?.metadata ?? resOpFailedEvent?.metadata;
    const instanceId = ended?.urn.split("::").at(-1) ?? "";
    if (ended && outcomes.has(instanceId)) {
      outcomes.set(instanceId, resOpFailedEvent ? "failed" : "done");
      const isOld = ended.op === "same";
      console.log(`  ${instanceId} ${resOpFailedEvent ? "has failed" : isOld ? "was done before" : "is done"}`);
    }
    if (!diagnosticEvent || !severities.includes(diagnosticEvent.severity)) return;
    const message = diagnosticEvent.message.replaceAll(/<\{%.*?%\}>/g, "").trim();
    console.log(`  ${message}`);
    if (diagnosticEvent.severity === "error") errors.push(message);
  };
  try {
    await stack.up({ parallel: 200, onEvent });
    return true;
  } catch (error) {
    // The run failed before its first event, for example because the stack is locked.
    if (errors.length === 0) console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

function listed(outcome: Outcome, outcomes: ReadonlyMap<string, Outcome>): string {
  const instanceIds = [...outcomes.keys()].filter((id) => outcomes.get(id) === outcome);
  return `  ${outcome}: ${instanceIds.join(", ") || "none"}`;
}

rotateFleet().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
