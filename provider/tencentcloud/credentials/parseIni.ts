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
    const header = /^\[(.*?)\]/.exec(line)?.[1]?.trim();
    current = header ?? current;
    isThere ||= current === section;
    const entry = header === undefined && current === section ? parseLine(line) : undefined;
    if (!entry) continue;
    if (values.has(entry.name)) repeated.push(entry.name);
    values.set(entry.name, entry.value);
  }
  return isThere ? { values, repeated } : undefined;
}

function parseLine(line: string): { name: string; value: string } | undefined {
  if (line === "" || /^[;#]/.test(line)) return undefined;
  const [, name = "", value = ""] = /^([^=:]*)(?:[=:](.*))?$/.exec(line) ?? [];
  return { name: name.trim().toLowerCase(), value: unquoted(value.replace(/(^|\s)[;#].*$/, "").trim()) };
}

const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2]?.trim() ?? value;
