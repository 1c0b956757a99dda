import { defaults } from "../setup/defaults";
import type { OptionTable } from "./parseArguments";
import { secretVariables } from "./secrets";

/** The options of `tencent-redis-local reset`, in the order of its `--help`. */
export const resetOptions: Readonly<OptionTable> = {
  instance: {
    value: "ID[@REGION]",
    help: `the instance; without REGION, in ${defaults.region}\n(default ${defaults.instanceId})`,
  },
  account: { value: "NAME", help: "the account (default root)" },
  "password-file": {
    value: "FILE",
    help: `the file with the new password (default\n${secretVariables.password}, otherwise a random one)`,
  },
  help: { short: "h", help: "show this text" },
};
