import { inTurn } from "../workbench/inTurn";
import { printedBy } from "../workbench/printedBy";
import type { Loading } from "../results/results";
import type { Scale } from "../results/scale";
import type { Workbench } from "../workbench/workbench";

/** Measures how long a program and the provider process take to load the package, after Pulumi's SDK is loaded. */
export async function measureLoading({ installation: { folder } }: Workbench, { runs }: Scale): Promise<Loading[]> {
  const job = (what: Loading["what"], name: string) => ({
    what: name,
    run: async (): Promise<Loading> => ({ what, milliseconds: Number(await printedBy(loads(name), folder)) }),
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
