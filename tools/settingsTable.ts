import {
  type SettingName,
  ownNamespace,
  settingNames,
  settings,
  sharedNamespace,
} from "../provider/resource/settingNames";
import { markdownTable } from "./markdownTable";
import { settingMeanings } from "./settingMeanings";

/** Returns the table of docs/credentials.md: every setting, its names and what it means. */
export const settingsTable = (): string =>
  markdownTable(["Pulumi config", "also", "environment", "meaning"], settingNames.map(toRow));

function toRow(name: SettingName): string[] {
  const { isShared, variables, ...rest } = settings[name];
  return [
    `\`${ownNamespace}:${name}\``,
    isShared ? `\`${sharedNamespace}:${name}\`` : "",
    variables.map((variable) => `\`${variable}\``).join(", "),
    "isSecret" in rest ? `${settingMeanings[name]} Secret.` : settingMeanings[name],
  ];
}
