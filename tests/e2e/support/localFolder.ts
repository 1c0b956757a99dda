import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Provides a folder for each test of a file, with a subfolder for the data of the Redis servers, whose name contains a
 * space.
 */
export function useLocalFolder() {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "local-cloud-"));
    mkdirSync(path.join(folder, "with a blank"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return {
    get folder(): string {
      return folder;
    },
    get temporary(): string {
      return path.join(folder, "with a blank");
    },
    dataFolders: (): string[] => readdirSync(path.join(folder, "with a blank")),
  };
}
