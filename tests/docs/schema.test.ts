import { z } from "zod";

import { inputsSchema } from "../../provider/resource/contract/inputs";
import { settingNames, settings } from "../../provider/resource/settings/settingNames";
import { verifyInput } from "../../provider/resource/contract/verifyInput";
import { codeIn, readPage, tableRows } from "../support/markdown";

interface Property {
  readonly description: string;
  readonly secret?: boolean;
  readonly willReplaceOnChanges?: boolean;
}
type Properties = Readonly<Record<string, Property>>;

const schema = JSON.parse(readPage("schema.json")) as {
  readonly version: string;
  readonly config: { readonly variables: Properties };
  readonly provider: { readonly inputProperties: Properties };
  readonly types: Readonly<Record<string, { readonly properties: Properties; readonly required: readonly string[] }>>;
  readonly resources: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly inputProperties: Properties;
        readonly requiredInputs: readonly string[];
        readonly properties: Properties;
      }
    >
  >;
};

const {
  inputProperties = {},
  requiredInputs,
  properties,
  description,
} = schema.resources["tencentcloud-redis:index:RedisInstancePassword"] ?? {};
const address = schema.types["tencentcloud-redis:index:RedisAddress"];

const namesWhere = (all: Properties, holds: (property: Property) => boolean | undefined): string[] =>
  Object.entries(all)
    .filter(([, property]) => holds(property))
    .map(([name]) => name)
    .sort();

describe("the schema of the provider plugin", () => {
  it("has every input that check accepts, and no other", () => {
    const accepted = Object.keys(inputsSchema.shape).filter((name) => !name.startsWith("__"));
    expect(Object.keys(inputProperties).sort()).toEqual(accepted.sort());
  });

  it("requires the same inputs as check, except the region, which has a default", () => {
    const { required = [] } = z.toJSONSchema(inputsSchema.omit({ __conflict: true, __claim: true }));
    expect([...(requiredInputs ?? []), "region"].sort()).toEqual(required.sort());
  });

  it("has every field of verify that check accepts, and no other", () => {
    const { properties: fields = {}, required } = z.toJSONSchema(verifyInput);
    expect(Object.keys(address?.properties ?? {}).sort()).toEqual(Object.keys(fields).sort());
    expect(address?.required).toEqual(required);
  });

  it("marks the password as secret, and the inputs that replace the resource", () => {
    expect(namesWhere(inputProperties, ({ secret }) => secret)).toEqual(["password"]);
    const replacing = ["account", "instanceId", "region"];
    expect(namesWhere(inputProperties, ({ willReplaceOnChanges }) => willReplaceOnChanges)).toEqual(replacing);
  });

  it.each([
    ["the Pulumi config", schema.config.variables],
    ["an explicit provider", schema.provider.inputProperties],
  ])("has every setting for %s, with the secret ones marked", (_, given) => {
    expect(Object.keys(given)).toEqual(settingNames);
    const secret = settingNames.filter((name) => "isSecret" in settings[name]).sort();
    expect(namesWhere(given, (property) => property.secret)).toEqual(secret);
  });

  it("prevents SDKs from copying the environment of a machine into the state", () => {
    const settingsOf = [schema.config.variables, schema.provider.inputProperties];
    expect(settingsOf.flatMap((given) => namesWhere(given, (property) => "defaultInfo" in property))).toEqual([]);
  });

  it.each([
    ["README.md", "input", inputProperties],
    ["README.md", "output", properties],
    ["docs/verify.md", "field", address?.properties],
  ])("uses the words of %s for each %s", (page, head, described = {}) => {
    const listed = tableRows(page, head).map(([name = "", meaning = ""]) => [...codeIn(name), meaning]);
    expect(listed.map(([name]) => name).sort()).toEqual(Object.keys(described).sort());
    for (const [name = "", meaning] of listed) {
      const [summary] = described[name]?.description.split("\n\n") ?? [];
      expect(meaning?.startsWith(summary ?? "?")).toBe(true);
    }
  });

  it("has the version of the package", () => {
    const { version } = JSON.parse(readPage("package.json")) as { version: string };
    expect(schema.version).toBe(version);
  });

  it("shows a program in each language", () => {
    const languages = [...(description ?? "").matchAll(/^```(\w+)$/gm)].map(([, language]) => language);
    expect(languages).toEqual(["typescript", "python", "go", "yaml"]);
  });
});
