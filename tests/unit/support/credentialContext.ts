import { createHttpTransport } from "../../../provider/tencentcloud/transport/http";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import { settingPlaces } from "../../../provider/resource/settings/settings";
import type { Lookup, CredentialContext } from "../../../provider/tencentcloud/credentials";
import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";

export type Values = Record<string, string>;

/** Returns a context for sources of credentials. By default they find nothing, and their requests are refused. */
export function credentialContext({
  config = {},
  environment = {},
  ...others
}: { config?: Values; environment?: Values } & Partial<
  Omit<CredentialContext, "environment">
> = {}): CredentialContext {
  const variables = lookup({ TENCENTCLOUD_METADATA_ENDPOINT: nobody, ...environment });
  return {
    places: settingPlaces({ config: lookup(config), environment: variables }),
    environment: variables,
    homeDirectory: "/nonexistent",
    stsEndpoint: () => new URL(nobody),
    region: "ap-guangzhou",
    transport: createHttpTransport(variables),
    clock: systemClock,
    metadataHosts: new Set(),
    redactor: new Redactor(),
    ...others,
  };
}

/** Port 1 of this machine, where nothing listens. */
const nobody = "http://127.0.0.1:1";

const lookup =
  (values: Values): Lookup =>
  (name) =>
    values[name];
