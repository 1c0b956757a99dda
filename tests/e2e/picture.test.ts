import { readFileSync } from "node:fs";
import path from "node:path";

import { drawRun } from "../../tools/picture";
import { textOfPicture } from "../../tools/terminalPicture";
import { root } from "../unit/support/markdown";
import { fromSetup } from "./support/fromSetup";

/** Times differ from run to run, and so does how often Pulumi tells that the stack is running. */
const lines = (svg: string): string[] =>
  textOfPicture(svg)
    .filter((line) => !line.startsWith("    pulumi:pulumi:Stack"))
    .map((line) => line.replace(/\b\d+s\b/, "…").replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "…"));

it("the picture in the README shows what a run shows; `npm run picture` draws it anew", async () => {
  const committed = readFileSync(path.join(root, "docs", "run.svg"), "utf8");
  expect(lines(committed)).toEqual(lines(await drawRun(fromSetup("E2E_ENGINE"))));
});
