/** The lines of a section, as the vendor's SDKs read them. */
export interface IniSection {
  /** Values by names in lower case. */
  readonly values: ReadonlyMap<string, string>;
  /** Names that have more than one value. */
  readonly repeated: readonly string[];
}

/**
 * Returns the section of a profile file, or undefined where it has none.
 *
 * The vendor's SDKs differ: Python's takes `:` for `=` and any case of a name, the Node.js one quotes and comments at
 * the end of a line. None of that can be part of a key, so all of it is taken.
 */
export function parseIniSection(text: string, section: string): IniSection | undefined {
  let current: string | undefined;
  let isThere = false;
  const values = new Map<string, string>();
  const repeated: string[] = [];
  for (const line of text.split(/\r\n|\r|\n/).map((raw) => raw.trim())) {
    current = /(?<=^\[).*?(?=\])/.exec(line)?.[0].trim() ?? current;
    if (current !== section) continue;
    isThere = true;
    const { name, value } = parseLine(line);
    if (values.has(name)) repeated.push(name);
    values.set(name, value);
  }
  return isThere ? { values, repeated } : undefined;
}

/** Headers and comments give a name, too, which nobody looks for. */
function parseLine(line: string): { name: string; value: string } {
  const end = line.search(/[=:]|$/);
  const value = line.slice(end + 1).replace(/(^|\s)[;#].*/, "");
  return { name: line.slice(0, end).trim().toLowerCase(), value: unquoted(value.trim()) };
}

const unquoted = (value: string): string => value.replace(/^(["'])(.*)\1$/, "$2").trim();
