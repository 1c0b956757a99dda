import { type Found, type Surroundings, keyPair } from "./credentials";

/** The token's name differs between Terraform, the vendor's SDK and its command line; all three are known. */
const tokenNames = ["TENCENTCLOUD_SECURITY_TOKEN", "TENCENTCLOUD_SESSION_TOKEN", "TENCENTCLOUD_TOKEN"];

export function fromEnvironment({ environment }: Surroundings): Found {
  return keyPair(
    "Environment",
    ["TENCENTCLOUD_SECRET_ID", environment("TENCENTCLOUD_SECRET_ID")],
    ["TENCENTCLOUD_SECRET_KEY", environment("TENCENTCLOUD_SECRET_KEY")],
    tokenNames.map(environment).find(Boolean),
  );
}
