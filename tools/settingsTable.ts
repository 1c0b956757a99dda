import {
  type SettingName,
  ownNamespace,
  settingNames,
  settings,
  sharedNamespace,
} from "../provider/resource/settings/settingNames";
import { markdownTable } from "./markdownTable";
import type { PackageNames } from "./pluginNames";
import { linkMeaning, settingMeanings } from "./settingMeanings";

/** Returns the table of docs/credentials.md: every setting, its names and its meaning. */
export const settingsTable = (): string =>
  markdownTable(
    ["Pulumi config", "also", "environment", "meaning"],
    settingNames.map((name) => [
      `\`${ownNamespace}:${name}\``,
      settings[name].isShared ? `\`${sharedNamespace}:${name}\`` : "",
      listVariables(name),
      describeSetting(name),
    ]),
  );

/** Returns the table of docs/installation-configuration.md: how to set every setting, and its meaning. */
export const settingCommandsTable = (names: PackageNames): string =>
  markdownTable(
    ["setting", "command", "environment", "meaning"],
    settingNames.map((name) => [
      `\`${name}\``,
      `\`${configCommand(name)}\``,
      listVariables(name),
      linkMeaning(names, describeSetting(name)),
    ]),
  );

const describeSetting = (name: SettingName): string =>
  "isSecret" in settings[name] ? `${settingMeanings[name]} Secret.` : settingMeanings[name];

const listVariables = (name: SettingName): string =>
  settings[name].variables.map((variable) => `\`${variable}\``).join(", ");

/** For each setting that is an object, the field whose command is shown. */
const mainFields: Readonly<Partial<Record<SettingName, string>>> = {
  assumeRole: "roleArn",
  assumeRoleWithWebIdentity: "webIdentityToken",
};

/** Leaves a secret value out of the arguments: the command prompts for it. */
function configCommand(name: SettingName): string {
  const field = mainFields[name];
  const isSecret = "isSecret" in settings[name];
  const options = [isSecret ? "--secret" : "", field === undefined ? "" : "--path"];
  const key = field === undefined ? `${ownNamespace}:${name}` : `${ownNamespace}:${name}.${field}`;
  return ["pulumi config set", ...options, key, isSecret ? "" : "<value>"].filter((part) => part !== "").join(" ");
}
