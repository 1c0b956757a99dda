import { step } from "../../../support/step";
import type { CommandResult } from "../../../../tools/command";
import { expectDocumented } from "../documented";
import { expectSuccess } from "../expectSuccess";
import { shown } from "../fixture";
import { findProblems, illFormed } from "../illFormed";
import { hour } from "../movedClock";
import { somebodyElse } from "../somebodyElse";
import { LanguageRun } from "./languageRun";
import type { StartLanguage } from "./languages";

// The first run on a machine builds the language host, and compiles Pulumi's SDK for Go.
jest.setTimeout(60 * 60_000);

const first = "first-Passw0rd";
const second = "second-Passw0rd";
const foreign = "foreign-Passw0rd";
const id = "ap-guangzhou/crs-5a4py64p";

const up = ["up", "--yes", "--skip-preview"];

function expectDone(result: CommandResult, ...words: (string | RegExp)[]): void {
  expectSuccess(result);
  // Ignores the padding of Pulumi's columns.
  for (const word of words) expect(shown(result)).toMatch(word);
}

/**
 * Runs a stack of the program in docs/languages.md through its life, in any language. At the end, all output and files
 * are searched for the passwords and the key.
 */
export const tellStory = (start: StartLanguage): Promise<void> =>
  LanguageRun.with(start, async (run) => {
    const { fixture, clock } = run;
    const auth = (password: string) => fixture.auth(password);

    await step("the first up sets the password", async () => {
      expectDone(await run.pulumi(["up", "--yes"], first), "crs-5a4py64p: the password will be set", /taskId: +16657/);
      expect(await auth(first)).toBe(true);
      expect(fixture.resets).toBe(1);
      expect((await fixture.cache()).id).toBe(id);
    });

    await step("an up without a change resets nothing", async () => {
      expectDone(await run.pulumi(up, first), "2 unchanged");
      expect(fixture.resets).toBe(1);
    });

    await step("a preview tells what has changed, without a network or credentials", async () => {
      const requests = fixture.requests.length;
      const preview = await run.pulumi(["preview", "--save-plan", "plan.json"], second, run.withoutNetwork);
      expectDone(preview, "[diff: ~password]", "crs-5a4py64p: the password will be reset (password changed)");
      expect(fixture.requests).toHaveLength(requests);
    });

    await step("an up by the saved plan resets", async () => {
      expectDone(await run.pulumi([...up, "--plan", "plan.json"], second), /taskId: +16657 => 16658/);
      expect(await auth(second)).toBe(true);
    });

    await step("a refresh finds nothing", async () => {
      expectDone(await run.pulumi(["refresh", "--yes", "--skip-preview"], second), "2 unchanged");
    });

    await step("a refresh detects a reset by somebody else, and the next up resets again", async () => {
      clock.moveOn(hour);
      await somebodyElse(fixture).resets(foreign);
      const refresh = await run.pulumi(["refresh", "--yes", "--skip-preview"], second);
      expectDone(refresh);
      expectDocumented(refresh, "Somebody else set the password");
      expect(await auth(foreign)).toBe(true);
      expectDone(await run.pulumi(up, second));
      expect(await auth(second)).toBe(true);
    });

    await step("a failed task is an error, and the next up sends the password again", async () => {
      fixture.cloud.addFault("ResetPassword=task-fail:Proxy busy.*1");
      const failed = await run.pulumi(up, first);
      expect(failed.code).not.toBe(0);
      expectDocumented(failed, "The task failed");
      expect(await auth(second)).toBe(true);
      expectDone(await run.pulumi(up, first));
      expect(await auth(first)).toBe(true);
    });

    await step("ill-formed inputs are refused in the words of the class", async () => {
      const requests = fixture.requests.length;
      run.replaceInProgram(["crs-5a4py64p", illFormed.instanceId], ["ap-guangzhou", illFormed.region]);
      const preview = await run.pulumi(["preview"], illFormed.password);
      expect(preview.code).not.toBe(0);
      expect(findProblems(preview)).toEqual(illFormed.reasons);
      expect(fixture.requests).toHaveLength(requests);
      run.replaceInProgram();
    });

    await step("a destroy leaves the password", async () => {
      const destroy = await run.pulumi(["destroy", "--yes", "--skip-preview"], first);
      expectDone(destroy, "crs-5a4py64p: deleting the resource does not change the instance or its password");
      expect(await auth(first)).toBe(true);
    });

    await step("an imported instance is adopted by the next up, without a reset", async () => {
      const { resets } = fixture;
      const imported = ["tencentcloud-redis:index:RedisInstancePassword", "cache", id];
      // The hosts that are built here cannot generate programs.
      const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
      expectDone(await run.pulumi(["import", ...imported, ...flags], first), "1 imported");
      expectDone(await run.pulumi(["up", "--yes"], first), "crs-5a4py64p: will be adopted", "is adopted");
      expect(fixture.resets).toBe(resets);
    });

    await step("no secret is recorded, and the fingerprint is secret", async () => {
      for (const args of [
        ["stack", "history", "--show-secrets"],
        ["stack", "export"],
      ]) {
        expectDone(await run.pulumi(args, first));
      }
      expect(fixture.output).not.toMatch(/fingerprint v\d/);
      expect(JSON.stringify(await fixture.state())).toMatch(/fingerprint v\d/);
    });
  });
