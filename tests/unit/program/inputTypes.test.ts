import path from "node:path";

import ts from "typescript";

const root = path.join(__dirname, "../../..");
const file = path.join(__dirname, "program.ts");

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ["node"],
  typeRoots: [path.join(root, "node_modules", "@types")],
};

const host = ts.createCompilerHost(options);
const readFile = host.readFile.bind(host);
// Parsed once for all programs, since imported files do not change.
const parsed = new Map<string, ts.SourceFile | undefined>();
let text = "";
host.readFile = (name) => (name === file ? text : readFile(name));
host.fileExists = (name) => name === file || ts.sys.fileExists(name);
host.getSourceFile = (name, version) => {
  if (name === file) return ts.createSourceFile(name, text, version);
  if (!parsed.has(name)) parsed.set(name, ts.createSourceFile(name, readFile(name) ?? "", version));
  return parsed.get(name);
};

let last: ts.Program | undefined;

/** Returns the compiler's errors for a program with these arguments in addition to the required ones. */
function compile(args: string): string[] {
  text = `
    import * as pulumi from "@pulumi/pulumi";
    import { RedisInstancePassword, type RedisInstancePasswordArgs } from "../../../provider";
    declare const config: pulumi.Config;
    declare const maybe: <T>(value: T) => T | undefined;
    const required = { instanceId: "crs-5a4py64p", password: "zy456987" };
    const args: RedisInstancePasswordArgs = { ...required, ${args} };
    new RedisInstancePassword("cache", args);
  `;
  last = ts.createProgram([file], options, host, last);
  const found = ts.getPreEmitDiagnostics(last, last.getSourceFile(file));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const address = '{ host: "10.0.0.1", port: 6379 }';

/** A value of each optional input. */
const values = {
  region: '"ap-guangzhou"',
  triggers: '{ month: "1" }',
  onCreate: '"adopt" as const',
  verify: address,
  timeoutSeconds: "60",
  profile: '"production"',
};

describe("an optional input, also with exact optional properties,", () => {
  const cases = Object.entries(values).flatMap(([name, value]) =>
    [
      "undefined",
      value,
      `maybe(${value})`,
      `pulumi.output(${value})`,
      `pulumi.output(maybe(${value}))`,
      `pulumi.secret(maybe(${value}))`,
      `Promise.resolve(maybe(${value}))`,
    ].map((given) => `${name}: ${given}`),
  );

  it.each([
    ...cases,
    'region: config.get("region")',
    'region: config.getSecret("region")',
    "timeoutSeconds: config.getNumber('timeout')",
    'triggers: { month: pulumi.output(maybe("1")), day: config.get("day") }',
    'verify: { host: pulumi.output("10.0.0.1"), port: Promise.resolve(6379), tls: pulumi.output(maybe(true)) }',
    'verify: { host: "10.0.0.1", port: 6379, tls: undefined }',
  ])("accepts %s", (args) => {
    expect(compile(args)).toEqual([]);
  });
});

it.each([
  "instanceId: maybe('crs-5a4py64p')",
  "password: config.getSecret('password')",
  "region: 5",
  "onCreate: 'import'",
  "timeoutSeconds: pulumi.output('60')",
  "verify: { host: '10.0.0.1' }",
  "triggers: { month: 1 }",
])("is refused: %s", (args) => {
  expect(compile(args)).toHaveLength(1);
});
