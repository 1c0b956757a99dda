import { combinations, few, title } from "../support/matrix/combinations";
import { type Result, writePage } from "../support/matrix/page";
import { MatrixProject } from "../support/matrix/project";

const isWhole = process.env.MATRIX !== undefined;
const steps = isWhole ? combinations : few;

// Each installs its packages twice.
const patienceMs = 400_000;

describe("a stack that moves from one combination to the next", () => {
  const results: Result[] = [];
  let project: MatrixProject;

  beforeAll(async () => {
    project = await MatrixProject.create(steps);
  }, patienceMs);
  afterAll(async () => {
    await project.dispose();
    if (isWhole) writePage(results);
  });

  it.each(steps.map((step) => [title(step), step] as const))(
    "%s: no change in a preview, nor after an upgrade of this package; an up resets once",
    async (_, combination) => {
      let works = false;
      try {
        await project.moveTo(combination);
        if (project.isBegun) await project.expectUnchanged(combination);
        await project.expectReset(combination);
        await project.upgrade(combination);
        await project.expectUnchanged(combination);
        await project.expectReplaced(combination);
        works = true;
      } finally {
        results.push({ combination, works, versions: await project.versionsOf(combination) });
        if (isWhole) process.stdout.write(`${works ? "✓" : "✗"} ${title(combination)}\n`);
      }
    },
    patienceMs,
  );
});
