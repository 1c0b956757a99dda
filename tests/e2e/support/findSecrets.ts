import { readFileSync } from "node:fs";

import { CanarySearch, type Find } from "./canaries";
import { filesBelow } from "./watch";

/** The places to search: texts by their source, and all files below folders. */
export interface Searched {
  readonly texts: Readonly<Record<string, string>>;
  readonly folders: readonly string[];
  readonly isLeftOut: (file: string) => boolean;
}

/** Returns the places that contain any part of a secret. */
export function findSecrets(secrets: Iterable<string>, { texts, folders, isLeftOut }: Searched) {
  const search = new CanarySearch([...secrets].map((secret, index) => ({ name: `secret ${index}`, secret })));
  const contents: [place: string, content: Buffer | string][] = Object.entries(texts);
  for (const { file, stats } of folders.flatMap((folder) => filesBelow(folder, isLeftOut))) {
    contents.push([`the name of ${file}`, file]);
    if (stats.isFile()) contents.push([file, readFileSync(file)]);
  }
  return contents.flatMap(([place, content]): (Find & { place: string })[] =>
    search.in(content).map((find) => ({ place, ...find })),
  );
}
