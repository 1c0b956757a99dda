import { readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/**
 * Returns a folder as a `.tar.gz`. The same files make the same archive: they are sorted, and have no owner and no time of
 * their own, which `tar` only leaves out by options that differ between systems.
 *
 * @param isLeftOut which paths in the folder are left out
 */
export function archiveFolder(folder: string, isLeftOut: (name: string) => boolean): Buffer {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
    name.split(path.sep).join("/"),
  );
  const files = names.filter((name) => !isLeftOut(name) && statSync(path.join(folder, name)).isFile()).sort();
  const entries = files.flatMap((name) => {
    const file = path.join(folder, name);
    const content = readFileSync(file);
    const isExecutable = (statSync(file).mode & 0o111) !== 0;
    return [header(name, content.length, isExecutable), content, Buffer.alloc(-content.length & (blockBytes - 1))];
  });
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(2 * blockBytes)]), { level: 9 });
}

const blockBytes = 512;

/** The time of every file in npm's archives: some programs take an earlier one for none. */
const time = Date.parse("1985-10-26T08:15:00Z") / 1000;

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
function header(name: string, bytes: number, isExecutable: boolean): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Error(`the name ${name} is too long for an archive`);
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
  block.write(name, 0);
  block.write(octal(isExecutable ? 0o755 : 0o644, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(bytes, 11), 124);
  block.write(octal(time, 11), 136);
  block.write("0", 156);
  block.write("ustar\x0000", 257);
  // The sum of all bytes, with spaces in its own place.
  block.fill(" ", 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}
