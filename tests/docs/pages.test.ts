import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

import ts from "typescript";
import { parse as parseYaml } from "yaml";

import { fileUrl, packageNames } from "../../tools/pluginNames";
import { documentedCommands } from "../e2e/support/documentedCommands";
import { type Block, findBlocks, codeIn, readPage, root, tableRows } from "../support/markdown";

const inFolder = (folder: string): string[] => readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`);

const pages = [
  ...readdirSync(root),
  ...inFolder("docs"),
  ...inFolder("examples"),
  ...inFolder("examples").map((example) => `${example}/README.md`),
].filter((page) => page.endsWith(".md") && existsSync(path.join(root, page)));

// The examples in docstrings are in the reference, which is generated from them.
const blocks = [...pages, ...inFolder("docs/reference")].flatMap(findBlocks);
const written = (...languages: string[]): Block[] => blocks.filter(({ language }) => languages.includes(language));

it("each block has a language, one of those that are checked here", () => {
  // Programs with SDKs that Pulumi generates, which are not available here.
  const withPlugin = ["typescript", "python", "go"];
  const known = ["sh", "ts", "js", "json", "yaml", "text", "mermaid", ...withPlugin];
  expect(blocks.filter(({ language }) => !known.includes(language))).toEqual([]);
});

describe("paths", () => {
  /** CONTRIBUTING.md names the folders of provider/ without it. */
  const folders = ["", "provider"].map((folder) => path.join(root, folder));
  // These folders belong to the user, or the build creates them.
  const notOurs = ["node_modules", "build", "dist", "reports"];
  const topLevel = folders.flatMap((folder) => readdirSync(folder)).filter((name) => !notOurs.includes(name));
  const named = pages.flatMap((page) =>
    [...readPage(page).matchAll(/`([\w.-]+)((?:\/[\w.-]+)+\/?|\/)`/g)]
      .filter(([, first = ""]) => topLevel.includes(first))
      .map(([, first = "", rest = ""]) => [first + rest, page] as const),
  );

  it.each(named)("%s, which %s names, exists", (name) => {
    expect(folders.some((folder) => existsSync(path.join(folder, name)))).toBe(true);
  });
});

describe("commands", () => {
  const run: Readonly<Record<string, readonly string[]>> = documentedCommands;

  /** Commands that no test runs as written, by their beginning, and where they are tested instead. */
  const others: Readonly<Record<string, string>> = {
    "npm ci && npm run demo": "tests/e2e/core/demo.test.ts runs the demo, from the build that is there",
    "npm ci && npm test": "this is a part of it",
    "npm ci && npm pack": "tests/e2e/examples/documentedCommands.test.ts packs what is built, and uses the tarball",
    "npm ci\nnpm run demo ": "the same, and the checks",
    "npm ci && npm run pack:plugin":
      "tests/tools/pluginBundle.test.ts makes the bundle, with a stand-in for the plugin",
    "pulumi plugin install resource ": "tests/tools/pluginBundle.test.ts unpacks the archive, and starts what is in it",
    "pulumi import ": "tests/protocol/plugin/import.test.ts calls what it calls",
    "export TENCENTCLOUD_SECRET_ID=": "tests/e2e/examples/documentedCommands.test.ts runs the same lines of the README",
    "pulumi package add ": "it needs language hosts that are newer than those of the Go module proxy",
    "npm install …/pulumi-tencentcloud-redis-":
      "tests/e2e/examples/testProjects.test.ts does, with the package as it is packed",
    "npm run bench ": "it takes half an hour: tests/benchmarks holds what does not need the time",
    "LIVE_INSTANCE_ID=crs-… LIVE_REGION=ap-guangzhou npm run test:live": "it needs an account",
  };

  /** Its plugin is not available everywhere: withRandomPassword.test.ts runs the program with Pulumi's mocks. */
  const needsAPlugin = "examples/with-random-password/README.md";

  /** translations.test.ts compares the translations with the README. */
  const isTranslated = (page: string): boolean => page.startsWith("docs/README.");

  it("are each run by a test", () => {
    const isRun = ({ page, heading, text }: Block): boolean =>
      Object.keys(others).some((beginning) => text.startsWith(beginning)) ||
      isTranslated(page) ||
      page === needsAPlugin ||
      (run[page] ?? []).includes(heading);
    expect(written("sh").filter((block) => !isRun(block))).toEqual([]);
  });
});

describe("programs", () => {
  const files = new Map(
    written("ts", "js").map((block, index) => [path.join(root, `block-${index}.${block.language}`), block]),
  );

  // The options of a user's project, with jest for tests that users write.
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ["node", "jest"],
    typeRoots: [path.join(root, "node_modules", "@types")],
    strict: true,
    noUnusedLocals: true,
    skipLibCheck: true,
    allowJs: true,
    checkJs: true,
    noEmit: true,
  };

  it("compile with the types of the built package", () => {
    const host = ts.createCompilerHost(options);
    const readFile = host.readFile.bind(host);
    host.readFile = (file) => files.get(path.normalize(file))?.text ?? readFile(file);
    const fileExists = host.fileExists.bind(host);
    host.fileExists = (file) => files.has(path.normalize(file)) || fileExists(file);
    host.getSourceFile = (file, languageVersion) => {
      const text = host.readFile(file);
      return text === undefined ? undefined : ts.createSourceFile(file, text, languageVersion);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    expect(ts.getPreEmitDiagnostics(program).map(told)).toEqual([]);
  });

  function told({ file, messageText }: ts.Diagnostic): string {
    const { page = "", heading = "" }: Partial<Block> = files.get(path.normalize(file?.fileName ?? "")) ?? {};
    return `${page}, ${heading}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  }
});

it.each(inFolder("examples").filter((example) => existsSync(path.join(root, example, "tsconfig.json"))))(
  "a copy of %s includes the compiler: the one in Pulumi is older",
  (example) => {
    const manifest = JSON.parse(readPage(`${example}/package.json`)) as { devDependencies: Record<string, string> };
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(["@types/node", "typescript"]));
  },
);

it("data is valid in the language of its block", () => {
  for (const { text } of written("json")) expect(() => JSON.parse(text) as unknown).not.toThrow();
  for (const { text } of written("yaml")) expect(() => parseYaml(text) as unknown).not.toThrow();
});

describe("links", () => {
  const { repository } = JSON.parse(readPage("package.json")) as { repository: { url: string } };
  const ourFiles = fileUrl(packageNames(repository.url), "");

  const links = pages.flatMap((page) =>
    [...readPage(page).matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
      .map(([, target = "", anchor]) => [page, target, anchor] as const)
      .filter(([, target]) => target.startsWith(ourFiles) || !/^https?:/.test(target)),
  );

  it.each(links)("%s leads to %s #%s", (page, target, anchor) => {
    const file = target.startsWith(ourFiles)
      ? target.slice(ourFiles.length)
      : path.join(path.dirname(page), target || path.basename(page));
    expect(existsSync(path.join(root, file))).toBe(true);
    if (anchor === undefined) return;
    const headings = [...readPage(file).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => formatAnchor(heading));
    expect(headings).toContain(anchor);
  });

  const formatAnchor = (heading: string): string =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-");
});

it("the README gives a reason for each dependency, and for no other", () => {
  const listed = tableRows("README.md", "package").flatMap(([name = ""]) => codeIn(name));
  const { dependencies, peerDependencies } = JSON.parse(readPage("package.json")) as Record<string, object>;
  expect(listed.sort()).toEqual(Object.keys({ ...dependencies, ...peerDependencies }).sort());
});
