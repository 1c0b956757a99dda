import type { RequestRecord } from "../server/requestRecord";

/** Formats a request for the terminal: its time (UTC), its action and its outcome. */
export function requestLine({ time, action, code, taskId, fault }: RequestRecord, isColored: boolean): string {
  const paint = (color: keyof typeof colors, text: string): string =>
    isColored ? `\x1b[${colors[color]}m${text}\x1b[39m` : text;
  const told = [
    ...(taskId === null ? [] : [`task ${taskId}`]),
    ...(code === null ? [] : [paint("red", code)]),
    ...(fault === null ? [] : [paint("yellow", `fault ${fault}`)]),
  ];
  return `${time.slice(11, 19)}  ${printable(action ?? "(no action)").padEnd(24)}  ${told.join(", ") || "ok"}`;
}

/** The codes of terminal colors. */
const colors = { red: 31, yellow: 33 } as const;

/** Replaces control characters: the client chooses the action's name, and could insert terminal commands. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?");
