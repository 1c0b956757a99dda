import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { exportLines, writeExportFile } from "../../../../local-cloud/cli/exportFile";

let folder: string;
const file = () => path.join(folder, "local cloud.env");

beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "export-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const odd = "it's \"odd\" $HOME `id` \\ *;&|<>\n#!{}()~ '' ";

it.each(["sh", "bash"])("%s reads values unchanged, with any characters", (shell) => {
  writeExportFile(file(), { FIRST: odd, SECOND: "", THIRD: "-n" });
  const script = '. "$1"; exec "$2" -p "JSON.stringify([process.env.FIRST, process.env.SECOND, process.env.THIRD])"';
  const output = execFileSync(shell, ["-c", script, shell, file(), process.execPath]).toString();
  expect(JSON.parse(output)).toEqual([odd, "", "-n"]);
  expect(
    execFileSync(shell, ["-c", `eval "$1"; printf %s "$FIRST"`, shell, exportLines({ FIRST: odd })]).toString(),
  ).toBe(odd);
});

const first = "# Written by tencent-redis-local, which deletes it when it ends.\n";

it("is readable only by its owner, even if the file of a killed cloud is left", () => {
  writeFileSync(file(), `${first}export FIRST='old'\n`, { mode: 0o644 });
  writeExportFile(file(), { FIRST: "1" });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readFileSync(file(), "utf8")).toBe(`${first}export FIRST='1'\n`);
  expect(readdirSync(folder)).toHaveLength(1);
});

it("is deleted by the cloud that wrote it, unless another one has replaced it", () => {
  const removeFirst = writeExportFile(file(), { FIRST: "1" });
  const removeSecond = writeExportFile(file(), { FIRST: "2" });
  removeFirst();
  expect(readFileSync(file(), "utf8")).toBe(`${first}export FIRST='2'\n`);
  removeSecond();
  removeSecond();
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ["a file that was written by another program", () => writeFileSync(file(), "DB_URL=precious\n")],
  ["a link", () => symlinkSync("/dev/null", file())],
])("does not replace %s", (_, put) => {
  put();
  expect(() => writeExportFile(file(), {})).toThrow(`--export: ${file()} exists and was not written by this command`);
  expect(readdirSync(folder)).toHaveLength(1);
});

it("leaves no file if it cannot be written", () => {
  expect(() => writeExportFile(folder, {})).toThrow(`--export: cannot write ${folder}: it is a folder (EISDIR)`);
  expect(() => writeExportFile(path.join(folder, "a", "b"), {})).toThrow("no such file or folder (ENOENT)");
  expect(readdirSync(folder)).toEqual([]);
});
