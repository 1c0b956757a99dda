import { markdownTable } from "./markdownTable";
import { type PackageNames, fileUrl } from "./pluginNames";

/** Returns the table of docs/installation-configuration.md with what a program in each language imports. */
export function sdksTable(names: PackageNames): string {
  const sdks = [
    ["TypeScript", `\`${names.nodejs}\``],
    ["Python", `\`${names.python}\``],
    ["Go", `\`${names.go}\``],
    ["YAML", "needs none"],
  ] as const;
  const rows = sdks.map(([language, sdk]) => [language, sdk, `[program](${linkProgram(names, language)})`]);
  return markdownTable(["language", "SDK", "example"], rows);
}

const linkProgram = (names: PackageNames, language: string): string =>
  fileUrl(names, `docs/languages.md#${language.toLowerCase()}`);
