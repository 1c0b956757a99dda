import { step } from "../../support/step";
import { type Combination, combinations, few, title } from "../support/matrix/combinations";
import { type Result, writePage } from "../support/matrix/page";
import { MatrixProject } from "../support/matrix/project";

const isWhole = process.env.MATRIX !== undefined;
const steps = isWhole ? combinations : few;

// Each step installs its packages twice.
const patienceMs = steps.length * 400_000;

/** A combination that fails does not stop the others. */
it(
  "a stack that moves from one combination to the next sees no change in a preview, nor after an upgrade of this package",
  async () => {
    const project = await MatrixProject.create(steps);
    const results: Result[] = [];
    const failures: unknown[] = [];
    try {
      for (const combination of steps) {
        const failure = await tryOut(project, combination).then(
          () => undefined,
          (error: unknown) => error,
        );
        const works = failure === undefined;
        if (!works) failures.push(failure);
        results.push({ combination, works, versions: await project.versionsOf(combination) });
        if (isWhole) process.stdout.write(`${works ? "✓" : "✗"} ${title(combination)}\n`);
      }
    } finally {
      await project.dispose();
      if (isWhole) writePage(results);
    }
    expect(failures).toEqual([]);
  },
  patienceMs,
);

const tryOut = (project: MatrixProject, combination: Combination): Promise<void> =>
  step(title(combination), async () => {
    await project.moveTo(combination);
    if (project.isBegun) await project.expectUnchanged(combination);
    await project.expectReset(combination);
    await project.upgrade(combination);
    await project.expectUnchanged(combination);
    await project.expectReplaced(combination);
  });
