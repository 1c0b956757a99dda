import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { program } from "../support/fixture";
import { Hunt } from "../support/hunt";
import { upWith } from "../support/scenario";

interface Leak {
  /** What the package does with the password once it was sent: JavaScript, in which `pending` is what it records. */
  readonly code: string;
  /** Where it is found. */
  readonly places: readonly RegExp[];
}

/** Long enough for a sample of the hunt, which looks 20 times a second, also on a busy machine. */
const leakMs = 3000;
const later = `await new Promise((resolve) => setTimeout(resolve, ${leakMs}));`;
const temporaryFile = (name: string) => `require("node:os").tmpdir() + "/" + ${name}`;

const leaks: Readonly<Record<string, Leak>> = {
  "an output": {
    code: 'pending.note = Buffer.from("x" + password).toString("base64");',
    places: [/^the file backend\/.pulumi\/stacks\/e2e\/test\.json$/, /^pulumi stack export$/],
  },
  "an error's message": {
    code: "throw new Error(`not set: ${JSON.stringify(password)}`);",
    places: [/^stdout of pulumi up/, /^the file events\.json$/],
  },
  "a line that is printed": {
    code: "console.log(encodeURIComponent(password));",
    places: [/^stdout of pulumi up/, /^the file events\.json$/],
  },
  "the name of a file that is gone in the end": {
    code: `
      const file = ${temporaryFile('Buffer.from(password).toString("hex")')};
      require("node:fs").writeFileSync(file, "");
      ${later}
      require("node:fs").rmSync(file);
    `,
    places: [/^temporary, the name of a file$/],
  },
  "a temporary file that is gone in the end": {
    code: `
      const file = ${temporaryFile('"notes"')};
      require("node:fs").writeFileSync(file, Buffer.from(password).reverse());
      ${later}
      require("node:fs").rmSync(file);
    `,
    places: [/^temporary, the file notes$/],
  },
  "an argument of a process": {
    code: `require("node:child_process").spawnSync(process.execPath, ["-e", "setTimeout(() => {}, ${leakMs})", password]);`,
    places: [/^the command line of a process$/],
  },
  "8 characters in a line that is printed": {
    code: "console.log(password.slice(3, 11));",
    places: [/^stdout of pulumi up/],
  },
};

describe("the hunt finds a password that the package leaks in", () => {
  let hunt: Hunt;
  let file: string;
  let original: string;

  beforeAll(async () => {
    hunt = await Hunt.create(program());
    file = path.join(hunt.fixture.ownPackage(), "dist", "provider", "engine", "dynamicProvider.js");
    original = readFileSync(file, "utf8");
  });
  afterAll(() => hunt.dispose());

  it.each(Object.entries(leaks))("%s", async (_, { code, places }) => {
    const sent = "const ours = { ...pending, taskId: accepted.taskId };";
    expect(original.split(sent)).toHaveLength(2);
    const leak = `await (async (pending, password) => { ${code} })(pending, requirePassword(run).expose());`;
    writeFileSync(
      file,
      original.replace(sent, () => `${leak}\n${sent}`),
    );
    hunt.newPassword();
    await hunt.run(upWith("--event-log", "events.json"), { PULUMI_DEBUG_COMMANDS: "1" });
    const { name } = hunt.canaries.at(-1) ?? {};
    const found = (await hunt.finds()).filter(({ canary }) => canary === name).map(({ place }) => place);
    for (const place of places) expect(found).toContainEqual(expect.stringMatching(place));
  });
});
