import type { Lookup } from "../../tencentcloud/credentials";
import { type Clock, systemClock } from "../../tencentcloud/retry/clock";
import type { Transport } from "../../tencentcloud/transport/http";
import { processEnvironment } from "../settings/settings";
import { verifyPassword } from "../verify/verifyPassword";

/** A session's dependencies outside this process. A test passes replacements. */
export interface World {
  readonly clock: Clock;
  /** @default HTTP */
  readonly transport?: Transport;
  readonly environment: Lookup;
  /** @default the user's */
  readonly homeDirectory?: string;
  /** Tries a password at an instance. */
  readonly verifyPassword: typeof verifyPassword;
}

export const realWorld: Readonly<World> = {
  clock: systemClock,
  environment: processEnvironment,
  verifyPassword,
};
