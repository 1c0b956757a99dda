import type { CommandResult } from "../../../../tools/command";
import { Fixture, shown } from "../fixture";
import { MovedClock } from "../movedClock";
import type { LanguageProject, StartLanguage } from "./languages";

/** A stack of a program in some language, with a clock that tests advance. */
export class LanguageRun {
  /** An environment without credentials, in which no request succeeds. */
  readonly withoutNetwork = {
    TENCENTCLOUD_REDIS_ENDPOINT: "http://127.0.0.1:9",
    TENCENTCLOUD_SECRET_ID: "",
    TENCENTCLOUD_SECRET_KEY: "",
    HTTP_PROXY: "http://127.0.0.1:9",
    HTTPS_PROXY: "http://127.0.0.1:9",
  };
  /** The password in the stack's config. */
  private configured = "";

  private constructor(
    readonly fixture: Fixture,
    readonly clock: MovedClock,
    private readonly project: LanguageProject,
  ) {}

  /** Runs a test with a stack of a language, and searches what is left behind. */
  static async with(start: StartLanguage, test: (run: LanguageRun) => Promise<void>): Promise<void> {
    const clock = new MovedClock();
    const fixture = new Fixture();
    try {
      await fixture.start({ now: clock.now });
      const project = await start(fixture);
      await fixture.stack.init();
      await test(new LanguageRun(fixture, clock, project));
    } finally {
      jest.restoreAllMocks();
      await fixture.dispose();
    }
  }

  /** Runs `pulumi` with this password in the program. */
  async pulumi(args: readonly string[], password: string, environment: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
    const { fixture, clock, project } = this;
    if (project.readsConfig && password !== this.configured) {
      const set = await fixture.pulumi(["config", "set", "--secret", "redisPassword"], {}, { input: password });
      if (set.code !== 0) throw new Error(`pulumi config set failed: ${shown(set)}`);
      this.configured = password;
    }
    return fixture.pulumi(args, {
      ...project.environment,
      ...clock.environment(fixture),
      REDIS_PASSWORD: password,
      ...environment,
    });
  }

  /** Replaces texts in the program. */
  replaceInProgram(...replacements: readonly (readonly [text: string, other: string])[]): void {
    const { file, program } = this.project;
    this.fixture.write(
      file,
      replacements.reduce((changed, [text, other]) => changed.replaceAll(text, other), program),
    );
  }
}
