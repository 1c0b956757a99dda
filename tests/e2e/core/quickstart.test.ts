import { findBlocks } from "../../support/markdown";
import { commandsIn } from "../support/commandsIn";
import { copyExample } from "../support/example";
import { shown } from "../support/fixture";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

it("quickstart sets the password, and changes it", async () => {
  const fixture = await copyExample("quickstart");
  try {
    const set = commandsIn("examples/quickstart/README.md", "Set the password", { REDIS_PASSWORD: first });
    expect(await fixture.shell(set)).toMatchObject({ code: 0 });
    expect(await fixture.auth(first)).toBe(true);

    const change = commandsIn("examples/quickstart/README.md", "Change it", { REDIS_PASSWORD: second });
    const changed = await fixture.shell(change);
    expect(changed).toMatchObject({ code: 0 });
    expect(shown(changed)).toContain("crs-5a4py64p: the password will be reset (password changed)");
    for (const page of ["README.md", "docs/README.zh-CN.md", "docs/README.ja.md"]) {
      expect({ page, missing: missingLines(page, shown(changed)) }).toEqual({ page, missing: [] });
    }
    expect(await fixture.auth(second)).toBe(true);
    expect(fixture.resets).toBe(2);
  } finally {
    await fixture.dispose();
  }
});

/**
 * Returns the lines of the README's run that are missing in an output, or out of order. Other lines may be in between.
 */
function missingLines(page: string, output: string): string[] {
  const [run] = findBlocks(page).filter(({ language }) => language === "text");
  const printed = normalizeLines(output);
  return normalizeLines(run?.text ?? "no run").filter((line) => {
    const index = printed.indexOf(line);
    printed.splice(0, index + 1);
    return index === -1;
  });
}

/** Removes commands and empty lines, and replaces times. */
const normalizeLines = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trimEnd().replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|\b[\d.]+s\b/g, "…"))
    .filter((line) => line !== "" && !line.startsWith("$ "));
