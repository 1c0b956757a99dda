import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Changes a file of a package, and fails where there was nothing to change. */
export function edit(folder: string, file: string, from: string, to: string): void {
  const whole = path.join(folder, file);
  const text = readFileSync(whole, "utf8");
  if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
  writeFileSync(whole, text.replace(from, to));
}

/** Makes a copy of the package a later release, with another serialised text. */
export function makeNextVersion(folder: string): void {
  edit(folder, "package.json", '"version": "0.1.0"', '"version": "0.2.0"');
  edit(folder, "dist/provider/program/providerStub.js", "async configure(req) {", "async configure(req) { /* 0.2.0 */");
}
