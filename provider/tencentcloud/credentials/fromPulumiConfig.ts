import { type Found, type Surroundings, keyPair } from "./credentials";

/** The stack's config, under the names of the `tencentcloud` Pulumi package. */
export function fromPulumiConfig({ config }: Surroundings): Found {
  return keyPair(
    "Pulumi config",
    ["tencentcloud:secretId", config("tencentcloud:secretId")],
    ["tencentcloud:secretKey", config("tencentcloud:secretKey")],
    config("tencentcloud:securityToken"),
  );
}
