import type { RequestRecord } from "../server/requestRecord";

/** A request as a person reads it, who watches: its time (UTC), its action, and what became of it. */
export function requestLine({ time, action, code, taskId, fault }: RequestRecord, isColoured: boolean): string {
  const paint = (colour: keyof typeof colours, text: string): string =>
    isColoured ? `\x1b[${colours[colour]}m${text}\x1b[39m` : text;
  const told = [
    ...(taskId === null ? [] : [`task ${taskId}`]),
    ...(code === null ? [] : [paint("red", code)]),
    ...(fault === null ? [] : [paint("yellow", `fault ${fault}`)]),
  ];
  return `${time.slice(11, 19)}  ${printable(action ?? "(no action)").padEnd(24)}  ${told.join(", ") || "ok"}`;
}

/** As terminals understand them. */
const colours = { red: 31, yellow: 33 };

/** Whoever asks chooses the action's name, and could put a terminal's commands in it. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?");
