import { parse as parseYaml } from "yaml";

import { ownNamespace, settingNames, settings } from "../../provider/resource/settings/settingNames";
import { codeIn, findBlocks, readPage, tableRows } from "../support/markdown";

const overview = "docs/_index.md";
const installation = "docs/installation-configuration.md";

const schema = JSON.parse(readPage("schema.json")) as {
  readonly displayName: string;
  readonly keywords: readonly string[];
};

/**
 * The requirements of the Pulumi Registry:
 * https://www.pulumi.com/docs/iac/guides/building-extending/packages/publishing-packages/
 */
describe.each([
  [overview, schema.displayName],
  [installation, `${schema.displayName} Installation & Configuration`],
])("%s, a page of the Pulumi Registry", (page, title) => {
  const [, frontMatter = "", body = ""] = /^---\n([^]*?\n)---\n([^]*)$/.exec(readPage(page)) ?? [];
  const prose = body.replaceAll(/^```[^]*?^```$/gm, "");

  it("begins with its title, description and layout", () => {
    const description = expect.stringContaining(ownNamespace) as string;
    expect(parseYaml(frontMatter)).toEqual({ title, meta_desc: description, layout: "package" });
  });

  it("has only its title as a heading of the first level", () => {
    expect(prose).not.toMatch(/^# /m);
  });

  it("uses complete URLs in links, because the Registry shows it elsewhere", () => {
    const targets = [...prose.matchAll(/\]\(([^)]*)\)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !target.startsWith("https://"))).toEqual([]);
    expect(targets).not.toEqual([]);
  });

  it("opens and closes shortcodes as Hugo requires", () => {
    const shortcodes = prose.match(/\{\{.*?\}\}/g) ?? [];
    const known = /^\{\{(< (chooser language "[\w,]+"|\/chooser) >|% (choosable language \w+|\/choosable) %)\}\}$/;
    expect(shortcodes.filter((shortcode) => !known.test(shortcode))).toEqual([]);
  });

  it("installs the plugin and SDKs by the commands of docs/languages.md", () => {
    const commands = findBlocks(page).filter(({ text }) => /^pulumi (plugin|package) /.test(text));
    const known = findBlocks("docs/languages.md").map(({ text }) => text);
    expect(known).toEqual(expect.arrayContaining(commands.map(({ text }) => text)));
    expect(commands).not.toEqual([]);
  });

  it("says that the package is not published yet, and links to the build of the plugin", () => {
    expect(prose).toContain("The package is not published yet.");
    expect(prose).toContain("/docs/languages.md#get-the-plugin)");
  });
});

describe("the languages of programs", () => {
  const programs = findBlocks("docs/languages.md")
    .filter(({ heading, language }) => heading.toLowerCase() === language)
    .map(({ language, text }) => [language, text]);

  it("have one tab each in docs/_index.md, with the program of docs/languages.md", () => {
    const [, listed = ""] = /\{\{< chooser language "(.*)" >\}\}/.exec(readPage(overview)) ?? [];
    const tab = /\{\{% choosable language (\w+) %\}\}\n\n```\1\n([^]*?)^```\n\n\{\{% \/choosable %\}\}/gm;
    const tabs = [...readPage(overview).matchAll(tab)].map(([, language, text]) => [language, text]);
    expect(tabs).toEqual(programs);
    expect(listed.split(",")).toEqual(programs.map(([language]) => language));
  });

  it("have one row each in the table of SDKs", () => {
    const rows = tableRows(installation, "language").map(([language = "", , example = ""]) => [language, example]);
    expect(rows.map(([language = ""]) => language.toLowerCase())).toEqual(programs.map(([language]) => language));
    for (const [language = "", example] of rows) expect(example).toContain(`languages.md#${language.toLowerCase()})`);
  });
});

describe("the settings in docs/installation-configuration.md", () => {
  const rows = tableRows(installation, "setting").map(([name = "", command = "", variables = "", meaning = ""]) => ({
    name: codeIn(name)[0] ?? "",
    command: codeIn(command)[0] ?? "",
    variables: codeIn(variables),
    meaning,
  }));

  it("are those of the provider", () => {
    expect(rows.map(({ name }) => name)).toEqual(settingNames);
  });

  it.each(settingNames)("has a command for %s, its environment variables and its meaning", (setting) => {
    const { command, variables, meaning } = rows.find(({ name }) => name === setting) ?? {};
    const isSecret = "isSecret" in settings[setting];
    expect(command).toMatch(new RegExp(`^pulumi config set .*\\b${ownNamespace}:${setting}\\b`));
    expect({ isSecret: command?.includes(" --secret "), hasValue: command?.endsWith(" <value>") }).toEqual({
      isSecret,
      hasValue: !isSecret,
    });
    expect(variables).toEqual(settings[setting].variables);
    expect(meaning).toMatch(/\.$/);
  });

  it("with a field are objects, which need --path", () => {
    const withField = rows.filter(({ command }) => /:\w+\.\w/.test(command)).map(({ name }) => name);
    expect(withField).toEqual(["assumeRole", "assumeRoleWithWebIdentity"]);
    expect(rows.filter(({ command }) => command.includes(" --path ")).map(({ name }) => name)).toEqual(withField);
  });
});

it("the schema has one category and a kind that the Registry supports", () => {
  const marks = schema.keywords.filter((keyword) => keyword.includes("/"));
  expect(marks).toEqual(["category/database", "kind/native"]);
});
