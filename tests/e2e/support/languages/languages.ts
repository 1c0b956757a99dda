import { cpSync, readFileSync } from "node:fs";
import path from "node:path";

import { ensureLanguageHost } from "../../../../tools/languageHosts";
import { archivePlugin, bundlePlugin, pluginName } from "../../../../tools/pluginBundle";
import { packageNames } from "../../../../tools/pluginNames";
import { ensurePythonPackages } from "../../../../tools/pythonPackages";
import { findBlocks, root } from "../../../support/markdown";
import type { Fixture } from "../fixture";
import { fromSetup } from "../fromSetup";
import { prepareGo } from "./go";
import { installPythonSdk } from "./pythonSdk";
import { generateSdk } from "./sdk";

/** A project with the program in docs/languages.md, ready to run. */
export interface LanguageProject {
  /** The file that declares the resource. */
  readonly file: string;
  readonly program: string;
  /** Whether the password comes from the stack's config, for a program that cannot read the environment. */
  readonly readsConfig?: boolean;
  /** Environment variables that the program's tools need. */
  readonly environment: NodeJS.ProcessEnv;
}

/** Fills the folder of a fixture. */
export type StartLanguage = (fixture: Fixture) => Promise<LanguageProject>;

const page = "docs/languages.md";

/** Creates a project in each language. Each finds the plugin in another of the documented ways. */
export const languages = { YAML: startYaml, Python: startPython, Go: startGo } as const satisfies Record<
  string,
  StartLanguage
>;

/**
 * With the plugin in a folder of the project.
 *
 * @param text the program without its `plugins`; by default the documented one
 */
export async function startYaml(fixture: Fixture, text = findBlock("YAML", "yaml")): Promise<LanguageProject> {
  await ensureLanguageHost(fromSetup("E2E_ENGINE"), "yaml", log);
  const program = `${text}${findBlock("Let a program find it", "yaml")}`;
  fixture.write("Pulumi.yaml", program);
  await bundlePlugin(plugin, path.join(fixture.folder, "plugin", pluginName));
  return { file: "Pulumi.yaml", program, readsConfig: true, environment: {} };
}

/** With an installed plugin. */
async function startPython(fixture: Fixture): Promise<LanguageProject> {
  await ensureLanguageHost(fromSetup("E2E_ENGINE"), "python", log);
  const virtualenv = await ensurePythonPackages(path.join(__dirname, "python", "requirements.txt"), log);
  const program = findBlock("Python", "python");
  fixture.write("Pulumi.yaml", "name: e2e\nruntime: python\n");
  fixture.write("__main__.py", program);
  const bundle = path.join(fixture.folder, pluginName);
  await bundlePlugin(plugin, bundle);
  archivePlugin(bundle, `${bundle}-v${manifest.version}.tar.gz`);
  const install = findBlock("Let a program find it", "sh").replaceAll("<version>", manifest.version);
  expect(await fixture.shell(install)).toMatchObject({ code: 0 });
  const sdk = path.join(fixture.folder, "sdks", "tencentcloud-redis");
  await generateSdk("python", sdk, log);
  const environment = await installPythonSdk(virtualenv, sdk);
  // Like `activate`: the host that is built here ignores a project's `virtualenv`.
  const searchPath = [path.join(virtualenv, "bin"), fixture.stack.environment.PATH].join(path.delimiter);
  return { file: "__main__.py", program, environment: { ...environment, PATH: searchPath } };
}

/** With the plugin of the npm package. */
async function startGo(fixture: Fixture): Promise<LanguageProject> {
  await ensureLanguageHost(fromSetup("E2E_ENGINE"), "go", log);
  const program = findBlock("Go", "go");
  const { go: sdkModule } = packageNames(manifest.repository.url);
  const sdk = path.join("sdks", "tencentcloud-redis");
  const replaced = `./${path.join(sdk, path.basename(sdkModule))}`;
  const goMod = readFileSync(path.join(__dirname, "go", "go.mod"), "utf8");
  const plugins = "{ providers: [{ name: tencentcloud-redis, path: node_modules/.bin }] }";
  fixture.write("Pulumi.yaml", `name: e2e\nruntime: go\nplugins: ${plugins}\n`);
  fixture.write("main.go", program);
  // Like `pulumi package add`.
  fixture.write("go.mod", `${goMod}\nrequire ${sdkModule} v0.0.0\n\nreplace ${sdkModule} => ${replaced}\n`);
  cpSync(path.join(__dirname, "go", "go.sum"), path.join(fixture.folder, "go.sum"));
  await generateSdk("go", path.join(fixture.folder, sdk), log);
  fixture.write(path.join(replaced, "go.mod"), `module ${sdkModule}\n\n${/^go .*$/m.exec(goMod)?.[0]}\n`);
  return { file: "main.go", program, environment: await prepareGo(fixture.folder) };
}

/** Returns the block in docs/languages.md below a heading. */
export function findBlock(heading: string, language: string): string {
  const block = findBlocks(page).find((found) => found.heading === heading && found.language === language);
  if (!block) throw new Error(`${page} shows no block of ${language} below "${heading}"`);
  return block.text;
}

const plugin = path.join(root, "dist", "provider", "engine", "plugin", "main.js");

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
  version: string;
  repository: { url: string };
};

/** Jest withholds the console output of a test, and a build takes minutes. */
const log = (line: string): boolean => process.stderr.write(`${line}\n`);
