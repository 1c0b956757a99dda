import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TemporaryHome {
  /** Returns the path of the home directory, or of a file below it. */
  at(...names: string[]): string;
  /** Writes a file, and the folders that lead to it. */
  write(file: string, text: string): void;
  /** Creates a folder in place of a file that cannot be read: tests may run as a user who can read all files. */
  makeFolder(file: string): void;
}

/** Provides a separate home directory for each test. */
export function useTemporaryHome(): TemporaryHome {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), "home-"));
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const at = (...names: string[]): string => path.join(home, ...names);
  return {
    at,
    write(file, text) {
      mkdirSync(path.dirname(at(file)), { recursive: true });
      writeFileSync(at(file), text);
    },
    makeFolder: (file) => void mkdirSync(at(file), { recursive: true }),
  };
}
