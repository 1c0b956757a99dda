/** The lines of a section, as the vendor's SDKs read them. */
export interface IniSection {
  /** Values by lower-case name. */
  readonly values: ReadonlyMap<string, string>;
  /** Names that have more than one value. */
  readonly repeated: readonly string[];
}

/**
 * Returns a section of a profile file, or undefined if it does not exist.
 *
 * The vendor's SDKs differ: Python's accepts `:` for `=` and names in any case, the Node.js one quotes and trailing
 * comments. None of these can be part of a key, so all are accepted.
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

/** Also returns a name for headers and comments, but no setting has such a name. */
function parseLine(line: string): { name: string; value: string } {
  const end = line.search(/[=:]|$/);
  const value = line.slice(end + 1).replace(/(^|\s)[;#].*/, "");
  return { name: line.slice(0, end).trim().toLowerCase(), value: unquoted(value.trim()) };
}

const unquoted = (value: string): string => value.replace(/^(["'])(.*)\1$/, "$2").trim();
