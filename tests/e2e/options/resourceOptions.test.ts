import { type Fixture, shown } from "../support/fixture";
import { declaring, first, onlyOne, outcome, second, twoInstances } from "../support/outcome";
import { step } from "../../support/step";

let fixture: Fixture;
afterEach(() => fixture.dispose());

it("ignoreChanges ignores the named inputs, including the password, but not a forced replacement", async () => {
  const ignoring = (property: string, args: string) => `set("cache", ${args}, { ignoreChanges: ["${property}"] })`;

  fixture = await twoInstances(ignoring("triggers", '{ triggers: { turn: "1" } }'));
  await fixture.up(first);

  const ignored: readonly (readonly [property: string, args: string, old: string, next: string, resets: number])[] = [
    ["triggers", '{ triggers: { turn: "2" } }', first, second, 2],
    ["instanceId", '{ triggers: { turn: "1" }, instanceId: "crs-other" }', second, first, 3],
  ];
  for (const [property, args, old, next, resets] of ignored)
    await step(`on ${property} ignores its change, and a changed password is reset as ever`, async () => {
      fixture.write("index.js", declaring(ignoring(property, args)));
      expect(shown(await fixture.up(old))).toMatch(/2 unchanged/);
      expect(shown(await fixture.up(next))).toMatch(/~ 1 updated/);
      expect(await outcome(fixture)).toEqual({
        resets,
        accepts: onlyOne(next),
        recorded: [`cache: crs-5a4py64p by task ${16656 + resets}`],
      });
      expect((await fixture.cache()).outputs).toMatchObject({ triggers: { turn: "1" } });
    });

  const everythingElse = ignoring("*", '{ triggers: { turn: "3" }, instanceId: "crs-other" }');

  await step("on everything ignores all that changes, the password too", async () => {
    fixture.write("index.js", declaring(everythingElse));
    expect(shown(await fixture.up(second))).toMatch(/2 unchanged/);
    expect(await outcome(fixture)).toEqual({
      resets: 3,
      accepts: onlyOne(first),
      recorded: ["cache: crs-5a4py64p by task 16659"],
    });
  });

  await step("has no say in a forced replacement: the program's instance gets the program's password", async () => {
    expect(shown(await fixture.up(second, {}, ["--replace", "**::cache"]))).toMatch(/\+-1 replaced/);
    expect(await outcome(fixture)).toEqual({
      resets: 4,
      accepts: { "crs-5a4py64p": first, "crs-other": second },
      recorded: ["cache: crs-other by task 16660"],
    });
  });
});

it("an option changes neither how often the password is reset nor what is secret", async () => {
  fixture = await twoInstances('set("cache", { triggers: { turn: "1" } })');
  await fixture.up(first);

  const declare = (turn: string, options: string) =>
    fixture.write("index.js", declaring(`set("cache", { triggers: { turn: "${turn}" } }, ${options})`));

  await step("that is added resets nothing, nor do many at once", async () => {
    declare(
      "1",
      `{
        additionalSecretOutputs: ["requestId"],
        customTimeouts: { create: "10ms", update: "10ms" },
        deleteBeforeReplace: true,
        protect: true,
        replaceOnChanges: ["triggers", "password"],
        retainOnDelete: true,
      }`,
    );
    expect(shown(await fixture.up(first))).toMatch(/2 unchanged/);
    expect(await outcome(fixture)).toEqual({
      resets: 1,
      accepts: onlyOne(first),
      recorded: ["cache: crs-5a4py64p by task 16657"],
    });
  });

  const withChange: readonly (readonly [
    what: string,
    turn: string,
    password: string,
    options: string,
    resets: number,
  ])[] = [
    ["customTimeouts, which end no reset", "2", first, '{ customTimeouts: { update: "10ms" } }', 2],
    ["replaceOnChanges on triggers, which replaces nothing", "3", first, '{ replaceOnChanges: ["triggers"] }', 3],
    ["replaceOnChanges on everything", "3", second, '{ replaceOnChanges: ["*"] }', 4],
    [
      "transforms, which change a trigger",
      "3",
      second,
      '{ transforms: [({ props, opts }) => ({ props: { ...props, triggers: { turn: "4" } }, opts })] }',
      5,
    ],
    [
      "transformations, which change a trigger",
      "3",
      second,
      '{ transformations: [({ props, opts }) => ({ props: { ...props, triggers: { turn: "5" } }, opts })] }',
      6,
    ],
  ];
  for (const [what, turn, password, options, resets] of withChange)
    await step(`that stands there when something changes: ${what}: one update, one reset`, async () => {
      declare(turn, options);
      expect(shown(await fixture.up(password))).toMatch(/~ 1 updated/);
      expect(await outcome(fixture)).toEqual({
        resets,
        accepts: onlyOne(password),
        recorded: [`cache: crs-5a4py64p by task ${16656 + resets}`],
      });
    });

  await step("that marks more outputs secret, additionalSecretOutputs, keeps the fingerprint secret too", async () => {
    declare("6", '{ additionalSecretOutputs: ["requestId"] }');
    await fixture.up(second);
    const { outputs } = await fixture.cache();
    // The mark that Pulumi puts on a secret value.
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
    expect(outputs).toMatchObject({ requestId: secret, passwordFingerprint: secret });
    expect(await outcome(fixture)).toMatchObject({ resets: 7, accepts: onlyOne(second) });
  });

  for (const option of ["transformations", "transforms"])
    await step(`that takes every secret mark away, ${option}, leaves the fingerprint a secret`, async () => {
      const plain = `({ props, opts }) => ({
        props: { ...props, password: process.env.REDIS_PASSWORD },
        opts: { ...opts, additionalSecretOutputs: [] },
      })`;
      declare(option, `{ ${option}: [${plain}] }`);
      expect(shown(await fixture.up(first, {}, ["--diff"]))).toMatch(/password *: \[secret\]/);
      const { stdout: state } = await fixture.stack.run(["stack", "export"]);
      expect(state).toContain("passwordFingerprint");
      expect(state + fixture.output).not.toMatch(/fingerprint v\d/);
      expect(shown(await fixture.preview(first, {}, ["--diff"]))).toMatch(/2 unchanged/);
      expect(await outcome(fixture)).toMatchObject({ accepts: onlyOne(first) });
    });
});
