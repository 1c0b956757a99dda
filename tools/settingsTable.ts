import {
  type SettingName,
  ownNamespace,
  settingNames,
  settings,
  sharedNamespace,
} from "../provider/resource/settingNames";
import { markdownTable } from "./markdownTable";

const meanings: Readonly<Record<SettingName, string>> = {
  region:
    "The region of resources that name none. Never read from the environment, so another machine never moves a resource.",
  secretId: "The id of an API key.",
  secretKey: "The API key.",
  securityToken: "The token of a temporary API key.",
  profile: "The TCCLI profile of resources without the input `profile`. Default: `default`.",
  sharedCredentialsDir: "The folder of the TCCLI profiles. Default: `~/.tccli`.",
  credentialsFile:
    "The profile file of the vendor's SDKs. Default: `~/.tencentcloud/credentials`, then `/etc/tencentcloud/credentials`.",
  assumeRole: "A role to assume with the credentials found. [Fields and variables](#roles).",
  assumeRoleWithWebIdentity: "A role to assume with an OIDC token, without a key. [Fields and variables](#roles).",
  camRoleName: "The CVM role to use. Without it, the last source below takes the first role of the machine.",
  domain: "The root domain. Default: `tencentcloudapi.com`; the international site has `intl.tencentcloudapi.com`.",
  protocol: "`https` (default), or `http` for loopback addresses only.",
  endpoint: "The whole address of the Redis API, instead of domain and protocol.",
  stsEndpoint: "The whole address of STS.",
};

/** Returns the table of docs/credentials.md: every setting, its names and what it means. */
export const settingsTable = (): string =>
  markdownTable(["Pulumi config", "also", "environment", "meaning"], settingNames.map(toRow));

function toRow(name: SettingName): string[] {
  const { isShared, variables, ...rest } = settings[name];
  return [
    `\`${ownNamespace}:${name}\``,
    isShared ? `\`${sharedNamespace}:${name}\`` : "",
    variables.map((variable) => `\`${variable}\``).join(", "),
    "isSecret" in rest ? `${meanings[name]} Secret.` : meanings[name],
  ];
}
