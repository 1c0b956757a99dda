import { accountCases } from "../support/accountCases";
import { cases as generalCases } from "../support/cases";
import { DynamicProvider } from "../support/dynamicProvider";
import { type Stage, comparable, dynamicStage, pluginStage } from "../support/frontEnds";
import { initial, password, region } from "../support/plays";
import { PluginProvider } from "../support/pluginProvider";
import { TestCloud } from "../support/testCloud";

const cases = [...generalCases, ...accountCases];

let stages: readonly Stage[];
beforeAll(async () => {
  const instances = Object.fromEntries(
    cases.map((_, index) => [`crs-${index}`, { password: initial, accounts: { app: initial } }]),
  );
  const clouds = await Promise.all([TestCloud.start({ instances }), TestCloud.start({ instances })] as const);
  stages = [await dynamicStage(clouds[0]), await pluginStage(clouds[1])];
});
afterAll(async () => {
  await Promise.all([DynamicProvider.stopAll(), PluginProvider.stopAll()]);
  await Promise.all(stages.map(({ cloud }) => cloud.stop()));
});

test.each(cases.map((entry, index) => [...entry, index] as const))(
  "either front end %s",
  async (_, play, expected, lines, index) => {
    const outcomes: unknown[] = [];
    for (const stage of stages) {
      await stage.takeLines();
      const result = comparable(await play(stage, { instanceId: `crs-${index}`, password, region }));
      outcomes.push({ result, lines: comparable(await stage.takeLines()) });
    }
    const [dynamic, plugin] = outcomes;
    expect(dynamic).toMatchObject({ result: expected, lines });
    expect(plugin).toEqual(dynamic);
  },
);
