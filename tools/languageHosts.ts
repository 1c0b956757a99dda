import path from "node:path";

import { findOnPath, isExecutable } from "./command";
import { buildGoProgram, copyGoScript, goModule } from "./goPrograms";
import { withProgress } from "./progress";

/** A language whose programs need a language host that only some of the tests use. */
export type HostedLanguage = keyof typeof hosts;

interface Host {
  /** The Go module in tools/engine that pins the host. */
  readonly module: string;
  readonly program: string;
  /** The script that the host starts, by its path in Pulumi's SDK. */
  readonly script?: string;
}

const sdk = "github.com/pulumi/pulumi/sdk/v3";

const hosts = {
  yaml: { module: "yamlHost", program: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml" },
  python: {
    module: "languageHost",
    program: `${sdk}/python/cmd/pulumi-language-python`,
    script: "python/cmd/pulumi-language-python-exec",
  },
  go: { module: "languageHost", program: `${sdk}/go/pulumi-language-go` },
} as const satisfies Record<string, Host>;

/**
 * Makes an engine able to run the programs of a language: if the language host is not beside the CLI, it is built
 * there, once per machine.
 *
 * @param engine the folder of the CLI
 * @throws Error with one line on what to install
 */
export async function ensureLanguageHost(
  engine: string,
  language: HostedLanguage,
  log?: (line: string) => void,
): Promise<void> {
  const { module: moduleName, program, script }: Host = hosts[language];
  const host = path.join(engine, path.basename(program));
  const started = script === undefined ? [] : [path.join(engine, path.basename(script))];
  if ([host, ...started].every(isExecutable)) return;
  const go = findOnPath("go");
  if (!go) {
    throw new Error(`${host} is missing, and without Go it cannot be built: install Go, or all of the Pulumi CLI`);
  }
  const module = goModule(moduleName);
  const build = async () => {
    await buildGoProgram(go, module, program, host);
    for (const file of started) await copyGoScript(go, module, sdk, script ?? "", file);
  };
  await withProgress(`Building ${path.basename(host)} with Go, once on this machine`, "1 to 4 minutes", build, log);
}
