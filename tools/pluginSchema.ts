import { z } from "zod";

import { inputsSchema } from "../provider/resource/contract/inputs";
import { ownNamespace, settingNames, settings } from "../provider/resource/settings/settingNames";
import { type Declaration, type Docstring, type Member, readDeclaration } from "./docstrings";
import { linkMeaning, settingMeanings } from "./settingMeanings";
import { type PackageNames, packageNames } from "./pluginNames";
import { programBlocks } from "./pluginPrograms";
import { type JsonSchema, type PropertyFlags, type PropertySpec, type TypeSpec, enumType, toType } from "./pluginTypes";

/** The fields of package.json that the schema repeats. */
interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly homepage: string;
  readonly license: string;
  readonly author: string;
  readonly repository: { readonly url: string };
}

const token = (name: string): string => `${ownNamespace}:index:${name}`;

/**
 * Returns the schema of the provider plugin, from which Pulumi generates SDKs and checks programs.
 *
 * Descriptions come from the docstrings of the class, and types from the rules that check every input. Parts of the
 * state that only the handlers need are left out: SDKs ignore them.
 *
 * @param source the TypeScript of the class and its arguments
 */
export function pluginSchema(manifest: Manifest, source: string): object {
  const { version, description, keywords, homepage, license, author: publisher } = manifest;
  const names = packageNames(manifest.repository.url);
  const args = readDeclaration(source, "RedisInstancePasswordArgs");
  const address = readDeclaration(source, "RedisAddress");
  const inputs = inputRules();
  return {
    name: ownNamespace,
    displayName: "Tencent Cloud Redis password",
    version,
    description,
    keywords: [...keywords, "category/database", "kind/native"],
    homepage,
    license,
    repository: names.repository,
    publisher,
    config: { variables: settingProperties(names) },
    types: {
      [token("RedisAddress")]: {
        description: describe(address),
        type: "object",
        ...propertiesOf(address, ruleOf(inputs, "verify"), {}),
      },
      [token("OnCreate")]: enumType(ruleOf(inputs, "onCreate")),
    },
    provider: {
      description: "The settings of all resources that use this provider.",
      inputProperties: settingProperties(names),
    },
    resources: { [token("RedisInstancePassword")]: resourceSpec(source, args, inputs, names) },
    language: languages(names),
  };
}

function resourceSpec(source: string, args: Declaration, inputs: JsonSchema, names: PackageNames): object {
  const resource = readDeclaration(source, "RedisInstancePassword");
  const { properties: inputProperties, required: requiredInputs } = propertiesOf(args, inputs, {
    verify: { $ref: `#/types/${token("RedisAddress")}` },
    // Also allows any string, so that programs in typed languages may write the values as the docs do.
    onCreate: { oneOf: [{ type: "string" }, { $ref: `#/types/${token("OnCreate")}` }] },
  });
  return {
    description: `${describe(resource)}\n\n${examples(names)}`,
    properties: Object.fromEntries(resource.members.map((member) => [member.name, outputSpec(member)])),
    required: resource.members.filter(({ type }) => !type.includes("undefined")).map(({ name }) => name),
    inputProperties,
    requiredInputs,
    // The plugin takes over the state of the dynamic class.
    aliases: [{ type: "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword" }],
  };
}

/** Returns the rules as JSON Schema, without the inputs that only the class adds. */
const inputRules = (): JsonSchema => z.toJSONSchema(inputsSchema.omit({ __conflict: true, __claim: true }));

function propertiesOf(
  { members }: Declaration,
  rules: JsonSchema,
  types: Readonly<Record<string, TypeSpec>>,
): { properties: Record<string, PropertySpec>; required: readonly string[] } {
  const specs = members.map((member): [string, PropertySpec] => {
    const { name } = member;
    const type = types[name] ?? toType(ruleOf(rules, name));
    return [name, { ...type, description: describeInput(member), ...inputFlags[name] }];
  });
  // Taken from the class, not from the rules, which apply after the default region.
  const required = members.filter(({ isOptional }) => !isOptional).map(({ name }) => name);
  return { properties: Object.fromEntries(specs), required };
}

function ruleOf({ properties }: JsonSchema, name: string): JsonSchema {
  const rule = properties?.[name];
  if (typeof rule !== "object") throw new Error(`there is no rule for the input ${name}`);
  return rule;
}

/**
 * No `replaceOnChanges`: the provider decides about a replacement, while the engine would decide by the inputs alone.
 */
const inputFlags: Readonly<Record<string, PropertyFlags>> = {
  instanceId: { willReplaceOnChanges: true },
  account: { willReplaceOnChanges: true },
  region: { willReplaceOnChanges: true },
  password: { secret: true },
};

/** Returns a docstring of the class, adapted to the plugin. */
function describeInput({ name, paragraphs, fallback }: Member): string {
  if (name === "region") {
    return describe({
      paragraphs,
      fallback: "the provider's `region`, from the Pulumi config `tencentcloud-redis:region`",
    });
  }
  const precedence = "The resource option `customTimeouts` takes precedence.";
  return describe({ paragraphs: name === "timeoutSeconds" ? [...paragraphs, precedence] : paragraphs, fallback });
}

const outputSpec = (member: Member): PropertySpec => ({ ...outputType(member), description: describe(member) });

function outputType({ type }: Member): TypeSpec {
  if (type.includes("Record<string, string>")) return { type: "object", additionalProperties: { type: "string" } };
  // The only number is the task id.
  return { type: type.includes("number") ? "integer" : "string" };
}

function describe({ paragraphs, fallback }: Docstring): string {
  return [...paragraphs, ...(fallback === undefined ? [] : [`Default: ${fallback}.`])].join("\n\n");
}

/**
 * Returns the provider's settings. They have no `defaultInfo.environment`: SDKs would then record a machine's
 * environment, including credentials, in the state. The plugin itself reads the environment in each run.
 */
function settingProperties(names: PackageNames): Record<string, PropertySpec> {
  const specs = settingNames.map((name): [string, PropertySpec] => {
    const { variables, ...rest } = settings[name];
    const meaning = linkMeaning(names, settingMeanings[name]);
    const environment = variables.map((variable) => `\`${variable}\``).join(", ");
    const description = environment === "" ? meaning : `${meaning}\n\nEnvironment: ${environment}.`;
    return [name, { type: "string", description, ...("isSecret" in rest && { secret: true }) }];
  });
  return Object.fromEntries(specs);
}

/** Uses the format that Pulumi's generators split, to show each SDK the program in its language. */
function examples(names: PackageNames): string {
  const example = [
    "{{% example %}}",
    "### The password of an instance",
    "",
    ...programBlocks(names),
    "{{% /example %}}",
  ];
  return ["{{% examples %}}", "## Example Usage", ...example, "{{% /examples %}}"].join("\n");
}

/** With the schema's version, an SDK requests the same version of the plugin. */
const languages = (names: PackageNames): object => ({
  nodejs: { packageName: names.nodejs, respectSchemaVersion: true },
  python: { packageName: names.python, respectSchemaVersion: true, pyproject: { enabled: true } },
  go: { importBasePath: names.go, respectSchemaVersion: true },
  csharp: { namespaces: { [ownNamespace]: "TencentCloudRedis" }, respectSchemaVersion: true },
  java: { basePackage: "com.pulumi", buildFiles: "gradle" },
});
