import { instanceId } from "./resource";

/** The line that the handlers print after a reset. */
export const wasReset = (taskId: number): string => `${instanceId}: the password was reset (task ${taskId})`;

/** The warning that the handlers print after an adoption without proof of the password. */
export const adoptedUnproven =
  `${instanceId}: warning: the password was adopted without proof: AUTH may refuse it. If it does, change the input triggers to send it. If ` +
  "the program still sets onCreate, remove it.";

/** The warning after an adoption whose password could not be verified. */
export const adoptedUnverified = adoptedUnproven.replace(
  "If it does, change the input triggers to send it",
  "It could not be verified",
);
