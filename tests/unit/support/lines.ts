import { instanceId } from "./resource";

/** The line that the handlers print after a reset. */
export const wasReset = (taskId: number): string => `${instanceId}: the password was reset (task ${taskId})`;

/** The warning that the handlers print after an adoption that nothing has proven. */
export const adoptedUnproven =
  `${instanceId}: warning: the password was adopted unproven, AUTH may refuse it. Set verify to prove an adoption. If ` +
  "the program sets onCreate, remove it after the first `pulumi up`.";
