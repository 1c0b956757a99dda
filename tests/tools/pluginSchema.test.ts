import { readDeclaration } from "../../tools/docstrings";
import { pluginSchema } from "../../tools/pluginSchema";

const manifest = {
  version: "1.2.3",
  description: "A resource.",
  keywords: ["redis"],
  homepage: "https://example.com/owner/name#readme",
  license: "Apache-2.0",
  author: "owner",
  repository: { url: "git+https://example.com/owner/name.git" },
};

const source = (inputs: string): string => `
/** An address. */
interface RedisAddress {
  /** Its host. */
  host: pulumi.Input<string>;
  /** Encrypted? @default false */
  tls?: pulumi.Input<boolean | undefined>;
}
interface RedisInstancePasswordArgs {${inputs}}
/** A password. */
class RedisInstancePassword {
  /** As given. */
  declare readonly region: pulumi.Output<string>;
  /** The task. */
  declare readonly taskId: pulumi.Output<number | undefined>;
}`;

const generate = (inputs: string) =>
  pluginSchema(manifest, source(inputs)) as {
    types: object;
    resources: Record<string, { inputProperties: object; requiredInputs: string[]; properties: object }>;
  };

it("takes types from the rules, and descriptions, defaults and what is required from the docstrings", () => {
  const { types, resources } = generate(`
    /** The id.
     * It is long.
     *
     * More of it. */
    instanceId: string;
    /** Why to reset. */
    triggers?: Record<string, string>;
    /** How long to wait. @default 600 */
    timeoutSeconds?: number;
    /** Where. */
    verify?: RedisAddress;
  `);
  expect(types).toMatchObject({
    "tencentcloud-redis:index:RedisAddress": {
      description: "An address.",
      properties: {
        host: { type: "string", description: "Its host." },
        tls: { type: "boolean", description: "Encrypted?\n\nDefault: false." },
      },
      required: ["host"],
    },
    "tencentcloud-redis:index:OnCreate": { type: "string", enum: [{ value: "reset" }, { value: "adopt" }] },
  });
  expect(resources["tencentcloud-redis:index:RedisInstancePassword"]).toMatchObject({
    requiredInputs: ["instanceId"],
    inputProperties: {
      instanceId: { type: "string", description: "The id. It is long.\n\nMore of it.", willReplaceOnChanges: true },
      triggers: { type: "object", additionalProperties: { type: "string" } },
      timeoutSeconds: {
        type: "number",
        description: "How long to wait.\n\nThe resource option `customTimeouts` takes precedence.\n\nDefault: 600.",
      },
      verify: { $ref: "#/types/tencentcloud-redis:index:RedisAddress" },
    },
    properties: { region: { type: "string", description: "As given." }, taskId: { type: "integer" } },
    required: ["region"],
  });
});

it("names the repository and what is derived from it as package.json does", () => {
  expect(generate("")).toMatchObject({
    version: "1.2.3",
    repository: "https://example.com/owner/name",
    publisher: "owner",
    language: { go: { importBasePath: "example.com/owner/name/sdk/go/tencentcloudredis" } },
  });
});

it("rejects a documented input without a rule", () => {
  expect(() => generate("\n/** Not checked. */ other: string;")).toThrow("there is no rule for the input other");
});

it("reads what is optional", () => {
  const { members } = readDeclaration("interface Args {\n/** One. */ a: string;\n/** Two. */ b?: string }", "Args");
  expect(members.map(({ name, isOptional }) => [name, isOptional])).toEqual([
    ["a", false],
    ["b", true],
  ]);
});
