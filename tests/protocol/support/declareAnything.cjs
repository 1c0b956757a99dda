// Declares one resource for each set of arguments that a property generates, and prints the results. A separate
// program: Jest runs modules in a separate context, in which Pulumi's serializer does not recognize Node's own objects.
const process = require("node:process");
const { setTimeout: sleep } = require("node:timers/promises");

const pulumi = require("@pulumi/pulumi");
const fc = require("fast-check");
const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");

const { env, stdout } = process;
const { SEED: seed, CASES: numRuns } = env;
const canary = "C4nary";
/** Only ever passed as a secret. */
const secret = "S3cret";

/** The inputs that each resource registers with the engine, by resource name. */
const registered = new Map();
pulumi.runtime.setMocks({
  call: () => ({}),
  newResource: ({ name, inputs }) => {
    registered.set(name, inputs);
    return { id: "ap-guangzhou/crs-5a4py64p", state: inputs };
  },
});
// Makes the class behave as with a real engine, which is never called.
pulumi.runtime.getEngine = () => ({});
pulumi.runtime.setAllConfig({ "tencentcloud:region": "ap-guangzhou" });

/** The rejections with which Pulumi would end the program. */
let rejections = [];
process.on("unhandledRejection", (error) => rejections.push(error));

const never = new Promise(() => undefined);
const text = fc
  .oneof(fc.string({ unit: "binary" }), fc.constantFrom("crs-5a4py64p", "", "\ud800", "\0"))
  .map((some) => `${canary}${some}`);
const odd = fc.constantFrom("__proto__", "constructor", "toString", "then", "promise", "a");
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(undefined, null, true, NaN, Infinity, -0, 0n, Symbol(canary), new Date(0), new Map([[canary, 1]])),
    fc.constantFrom(
      () => canary,
      class Odd {},
      never,
      Promise.resolve(canary),
      Object.create(null),
      /./,
      new Uint8Array(3),
    ),
    fc.double(),
    text,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(odd, tie("value")), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
    tie("value").map((value) => pulumi.output(value)),
    tie("value").map((value) => pulumi.secret(value)),
    fc.constant(secret).map((value) => pulumi.secret(value)),
    fc.constant(never).map((promise) => pulumi.output(promise)),
  ),
})).value;
const fields = ["instanceId", "password", "region", "triggers", "onCreate", "verify", "timeoutSeconds", "profile"];
const known = fc.dictionary(fc.constantFrom(...fields, "__conflict", "taskId", "others", "__provider"), anything);
const valid = { instanceId: "crs-5a4py64p", password: `${canary}-password-1`, region: "ap-guangzhou" };
const args = fc.oneof(
  known,
  known.map((some) => ({ ...valid, ...some })),
  anything,
);
const options = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(null, {}, { protect: true }, { ignoreChanges: ["password"] }),
);

/** A value that never resolves is the program's own problem: it must not block the constructor. */
async function settled(name) {
  for (let turn = 0; turn < 20 && !registered.has(name) && rejections.length === 0; turn++) await sleep(1);
}

let declared = 0;
const ends = {};
async function declare([given, opts]) {
  const name = `cache-${++declared}`;
  rejections = [];
  let thrown;
  const begin = process.cpuUsage();
  try {
    new RedisInstancePassword(name, given, opts);
  } catch (error) {
    thrown = error;
  }
  // Processor time instead of elapsed time, which is longer on a busy machine.
  if (process.cpuUsage(begin).user > 2_000_000) throw new Error("the constructor has taken more than 2 s");
  await settled(name);
  const errors = [thrown, ...rejections].filter((error) => error !== undefined);
  const end = errors.length > 0 ? "an error" : registered.has(name) ? "registered" : "waiting";
  ends[end] = (ends[end] ?? 0) + 1;
  for (const error of errors) {
    if (!(error instanceof Error)) throw new Error("what was thrown is no error");
    const own = error.stack.split("\n").find((line) => line.startsWith("    at "));
    if (/dist.provider/.test(own)) throw new Error(`an error of our own: ${error.stack}`);
    if (error.message.includes(canary)) throw new Error(`a leak: ${error.message}`);
  }
  expectSecretsKept(registered.get(name) ?? {});
}

/** Pulumi's mark of a secret in its wire protocol. */
const mark = "4dabf18193072939515e22adb298388d";

function expectSecretsKept({ __conflict: conflict, ...inputs }) {
  if (String(conflict).includes(canary)) throw new Error(`a leak: ${conflict}`);
  for (const [field, value] of Object.entries(inputs)) {
    const isMarked = typeof value === "object" && value !== null && mark in value;
    const isSecret = field === "password" || JSON.stringify(value)?.includes(secret);
    if (isSecret && value !== undefined && !isMarked) throw new Error(`${field} is no secret any more`);
  }
}

async function main() {
  await fc.assert(fc.asyncProperty(fc.tuple(args, options), declare), { seed: Number(seed), numRuns: Number(numRuns) });
  stdout.write(JSON.stringify(ends));
  process.exit(0);
}

main().catch((error) => {
  stdout.write(`${error.message}\n${String(error.cause)}`);
  process.exit(1);
});
