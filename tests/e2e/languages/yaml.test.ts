import { step } from "../../support/step";
import { expectSuccess } from "../support/expectSuccess";
import { shown } from "../support/fixture";
import { LanguageRun } from "../support/languages/languageRun";
import { findBlock, languages, startYaml } from "../support/languages/languages";
import { tellStory } from "../support/languages/story";

it("a program in YAML sets, resets and imports a password", () => tellStory(languages.YAML));

/** The documented resources, for the local cloud's instance and with credentials from the environment. */
const resources = findBlock("Settings and explicit providers", "yaml")
  .replace("crs-7c6qa92r", "crs-5a4py64p")
  .replace("ap-shanghai", "ap-guangzhou")
  .replace("      profile: production\n", "");
const program = `name: e2e\nruntime: yaml\nconfig: { redisPassword: { type: string, secret: true } }\n${resources}`;
const password = "first-Passw0rd";

it("an explicit provider has the settings of the program, not those of the stack's config", () =>
  LanguageRun.with(
    (fixture) => startYaml(fixture, program),
    async (run) => {
      await step("its region is the default of its resources", async () => {
        expectSuccess(await run.pulumi(["up", "--yes", "--skip-preview"], password));
        expect(await run.fixture.auth(password)).toBe(true);
      });

      await step("the stack's region is that of another provider", async () => {
        expectSuccess(await run.pulumi(["config", "set", "tencentcloud-redis:region", "ap-beijing"], password));
        const preview = await run.pulumi(["preview"], password);
        expectSuccess(preview);
        expect(shown(preview)).toContain("3 unchanged");
      });

      await step("another region replaces the resources", async () => {
        run.replaceInProgram(["ap-guangzhou", "ap-beijing"]);
        const preview = await run.pulumi(["preview"], password);
        expectSuccess(preview);
        expect(shown(preview)).toMatch(/the resource, not the instance, will be replaced, .* \(region changed\)/);
      });

      await step("without a region of its own, none is taken from the stack", async () => {
        run.replaceInProgram(["    properties:\n      region: ap-guangzhou\n", ""]);
        const preview = await run.pulumi(["preview"], password);
        expect(preview.code).not.toBe(0);
        expect(shown(preview)).toContain("region: must be given");
      });
    },
  ));
