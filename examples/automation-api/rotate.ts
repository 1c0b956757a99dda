import { type EngineEvent, LocalWorkspace, type OpMap } from "@pulumi/pulumi/automation";

async function rotate(): Promise<void> {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "dev", workDir: process.cwd() });
  const { changeSummary } = await stack.preview();
  if (!changes(changeSummary)) {
    console.log("Nothing to do: the instance has this password.");
    return;
  }
  const { outputs } = await withElapsedTime(() => stack.up({ onEvent: show }));
  const shown = Object.entries(outputs).map(([name, { value }]) => `${name} ${String(value)}`);
  console.log(`Done: ${shown.join(", ")}.`);
}

const changes = ({ create = 0, update = 0, replace = 0 }: OpMap): boolean => create + update + replace > 0;

/** Not "debug": debug events hold whole messages between Pulumi and its providers, including secrets. */
const severities = ["info", "info#err", "warning", "error"];

/** Prints a line for each operation that begins, ends or fails, and each diagnostic. */
function show({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent }: EngineEvent): void {
  const begun = resourcePreEvent?.metadata;
  if (begun && begun.op !== "same") console.log(`${nameIn(begun.urn)}: ${begun.op} …`);
  const ended = resOutputsEvent?.metadata;
  if (ended && ended.op !== "same") console.log(`${nameIn(ended.urn)}: ${ended.op} is done`);
  const failed = resOpFailedEvent?.metadata;
  if (failed) console.log(`${nameIn(failed.urn)}: ${failed.op} has failed`);
  if (!diagnosticEvent || !severities.includes(diagnosticEvent.severity)) return;
  console.log(diagnosticEvent.message.replaceAll(/<\{%.*?%\}>/g, "").trimEnd());
}

const nameIn = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** Does the work, and prints the elapsed time every 15 s: the service may take minutes. */
async function withElapsedTime<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const timer = setInterval(() => {
    console.log(`… ${Math.round((performance.now() - started) / 1000)} s so far`);
  }, 15_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

rotate().catch(() => {
  // The errors were printed as they occurred.
  console.error("The rotation has failed. Run it again to continue.");
  process.exitCode = 1;
});
