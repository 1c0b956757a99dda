import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TemporaryHome {
  /** Its path, with these names below it. */
  at(...names: string[]): string;
  /** Writes a file, and the folders that lead to it. */
  write(file: string, text: string): void;
  /** Stands for a file that cannot be read: a test may run as a user who may read all files. */
  makeFolder(file: string): void;
}

/** A separate home directory for each test. */
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
