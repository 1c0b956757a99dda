import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Turns a copy of the package into a later release, with another serialized text. */
export function makeNextVersion(folder: string): void {
  const manifest = path.join(folder, "package.json");
  const content = JSON.parse(readFileSync(manifest, "utf8")) as object;
  writeFileSync(manifest, JSON.stringify({ ...content, version: "0.2.0" }, undefined, 2));
  changeSerializedText(path.join(folder, "dist/provider/program/providerStub.js"));
}

/** Pulumi stores this text, which never changes within a version, so replacing a part of it simulates a new version. */
function changeSerializedText(file: string): void {
  const text = readFileSync(file, "utf8");
  const changed = text.replace("async configure(req) {", "$& /* 0.2.0 */");
  if (changed === text) throw new Error(`${file} has no configure to change`);
  writeFileSync(file, changed);
}
