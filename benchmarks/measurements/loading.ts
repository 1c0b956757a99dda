import { inTurn } from "../inTurn";
import { printedBy } from "../printedBy";
import type { Loading } from "../results";
import type { Scale } from "../scale";
import type { Workbench } from "../workbench";

/** How long a program, and the provider's process, take to load the package: both have Pulumi's SDK already. */
export async function measureLoading({ place: { installed } }: Workbench, { runs }: Scale): Promise<Loading[]> {
  const job = (what: Loading["what"], name: string) => ({
    what: name,
    run: async (): Promise<Loading> => ({ what, milliseconds: Number(await printedBy(loads(name), installed)) }),
  });
  return inTurn(runs, [
    job("package", "pulumi-tencentcloud-redis"),
    job("handlers", "pulumi-tencentcloud-redis/handlers"),
  ]);
}

const loads = (name: string): string => `
  require("@pulumi/pulumi");
  const begin = performance.now();
  require(${JSON.stringify(name)});
  console.log(performance.now() - begin);
`;
