import type { SettingName } from "../provider/resource/settings/settingNames";
import { type PackageNames, fileUrl } from "./pluginNames";

/** The meaning of each setting, in Markdown; `#roles` is a heading of docs/credentials.md. */
export const settingMeanings: Readonly<Record<SettingName, string>> = {
  region:
    "The region of resources without the input `region`. Never read from the environment, so it is the same on every machine.",
  secretId: "The id of an API key.",
  secretKey: "The API key.",
  securityToken: "The token of a temporary API key.",
  profile: "The TCCLI profile of resources without the input `profile`. Default: `default`.",
  sharedCredentialsDir: "The folder of the TCCLI profiles. Default: `~/.tccli`.",
  credentialsFile:
    "The profile file of the vendor's SDKs. Default: `~/.tencentcloud/credentials`, then `/etc/tencentcloud/credentials`.",
  assumeRole: "A role to assume with the selected credentials. [Fields and variables](#roles).",
  assumeRoleWithWebIdentity: "A role to assume with an OIDC token, without a key. [Fields and variables](#roles).",
  camRoleName: "The CVM role to use. Default: if no other source has credentials, the first role of the machine.",
  domain: "The root domain. Default: `tencentcloudapi.com`. For the international site: `intl.tencentcloudapi.com`.",
  protocol: "`https` (default), or `http` for loopback addresses only.",
  endpoint: "The address of the Redis API, instead of `domain` and `protocol`.",
  stsEndpoint: "The address of STS.",
};

/** Adapts links to docs/credentials.md for a page that is shown elsewhere. */
export const linkMeaning = (names: PackageNames, meaning: string): string =>
  meaning.replace("](#", `](${fileUrl(names, "docs/credentials.md")}#`);
