import { type Canary, CanarySearch, randomPassword, randomToken } from "../support/canaries";
import { cacheArgs, shown } from "../support/fixture";
import { type Found, Hunt } from "../support/hunt";
import type { FrontEnd } from "../support/plugin";
import { bothFrontEnds, succeeds, upWith } from "../support/scenario";

/** A resource that is not ours, which records a secret. */
const bareResource = `
  const pulumi = require("@pulumi/pulumi");
  const bareProvider = {
    async create(inputs) { return { id: "bare", outs: inputs }; },
    async update(id, olds, news) { return { outs: news }; },
  };
  const bare = (secret) => new pulumi.dynamic.Resource(bareProvider, "bare", { secret: pulumi.secret(secret) });
`;

const ours = `
  const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");
  const cache = (password) => new RedisInstancePassword("cache", { ...${JSON.stringify(cacheArgs)}, password });
`;

describe.each(bothFrontEnds)(
  "with the %s, Pulumi writes our password in plain text only where it does so with any secret",
  (frontEnd) => {
    let hunt: Hunt;

    beforeAll(async () => {
      const source = `
      ${bareResource} ${ours}
      bare(process.env.BARE_SECRET);
      cache(process.env.REDIS_PASSWORD);
    `;
      hunt = await Hunt.create(source, {}, frontEnd);
    });
    afterAll(() => hunt.dispose());

    it.each<[string, string[], NodeJS.ProcessEnv, RegExp]>([
      ["at -v=9, in its log", ["-v=9", "--logtostderr", "--logflow"], {}, /^stderr of pulumi up/],
      ["at -v=9, in a file for temporary ones", ["-v=9"], {}, /^(temporary, )?the file pulumi\..*\.log\./],
      ["with PULUMI_DEBUG_GRPC, in its file", [], { PULUMI_DEBUG_GRPC: "grpc.json" }, /^the file grpc\.json$/],
      ["with --tracing, in its file", ["--tracing", "file:./trace"], {}, /^the file trace$/],
      ["with --otel-traces, in its file", ["--otel-traces", "file://FOLDER/otel.json"], {}, /^the file otel\.json$/],
    ])("%s", async (_, options, environment, place) => {
      const args = options.map((option) => option.replace("FOLDER", hunt.fixture.folder));
      const { up, ofBare, ofOurs } = await upWithBoth(args, environment);
      for (const found of ofOurs.places) expect(found).toMatch(place);
      expect(ofOurs.places).not.toEqual([]);
      expect(ofBare.places).toEqual(expect.arrayContaining(ofOurs.places));
      const inputs = "Unmarshaling property for RPC[ResourceMonitor.RegisterResource";
      if (args.includes("--logtostderr")) {
        expect(logged(up.stderr, ofOurs.canary)).toEqual([inputs]);
        expect(logged(up.stderr, ofBare.canary)).toContain(inputs);
      }
    });

    it.each([
      ["at -v=7", ["-v=7", "--logtostderr", "--logflow"]],
      ["with --debug", ["--debug"]],
    ])("except %s, nothing of ours", async (_, args) => {
      const { ofOurs } = await upWithBoth(args, {});
      expect(ofOurs.places).toEqual([]);
    });

    it("in its encrypted logs of each run, in its own folder", async () => {
      const { ofBare, ofOurs } = await upWithBoth([], {});
      const found = hunt.foundInLinesOfPulumi.map(({ canary }) => canary);
      expect(found).toEqual(expect.arrayContaining([ofBare.canary.name, ofOurs.canary.name]));
      // A provider's responses, which Pulumi also writes there, contain nothing of ours.
      expect(ofBare.places).toContain("a log that Pulumi keeps, decrypted");
      expect(ofOurs.places).toEqual([]);
      expect(found.filter((canary) => canary.startsWith("secret key"))).toEqual([]);
    });

    it("except in the message about a violated plan, nothing of ours", async () => {
      const ofBare = hunt.add("secret of a bare resource", randomPassword());
      hunt.newPassword();
      const args = ["preview", "--save-plan", "plan.json"];
      await succeeds(hunt, args, { BARE_SECRET: ofBare });
      const bareChanged = await hunt.run(upWith("--plan", "plan.json"), {
        BARE_SECRET: hunt.add("secret of a bare resource", randomPassword()),
      });
      expect(shown(bareChanged)).toContain(`violates plan: properties changed: ~~secret[{&{{${ofBare}}}}!=`);
      hunt.newPassword();
      const oursChanged = await hunt.run(upWith("--plan", "plan.json"), { BARE_SECRET: ofBare });
      expect(shown(oursChanged)).toContain("violates plan: properties changed: ~~password[{&{{fingerprint v1 ");
      const names = hunt.canaries.slice(-4).map(({ name }) => name);
      const found = (await hunt.finds()).filter(({ canary }) => names.includes(canary));
      expect(found.map(({ canary }) => canary)).not.toContainEqual(expect.stringMatching(/^password/));
    });

    /** Runs an up that gives both resources a new secret, and returns where each is found. */
    async function upWithBoth(args: readonly string[], environment: NodeJS.ProcessEnv) {
      const bareSecret = hunt.add("secret of a bare resource", randomPassword());
      hunt.newPassword();
      const up = await succeeds(hunt, upWith(...args), { ...environment, BARE_SECRET: bareSecret });
      const finds = await hunt.finds();
      // Pulumi writes nothing from the environment.
      expect(finds.filter(({ canary }) => canary.startsWith("secret key"))).toEqual([]);
      const [bare, password] = hunt.canaries.slice(-2) as [Canary, Canary];
      const findPlaces = ({ name }: Canary) => finds.filter(({ canary }) => canary === name).map(({ place }) => place);
      return {
        up,
        ofBare: { canary: bare, places: findPlaces(bare) },
        ofOurs: { canary: password, places: findPlaces(password) },
      };
    }
  },
);

/** Returns the beginnings of the lines in Pulumi's log that contain a canary. */
function logged(log: string, canary: Canary): string[] {
  const search = new CanarySearch([canary]);
  const lines = log.split("\n").filter((line) => search.in(line).length > 0);
  return [...new Set(lines.map((line) => /"msg":"([^({]*)/.exec(line)?.[1] ?? "a line of another kind"))];
}

describe("what Pulumi writes of secrets in the stack's config", () => {
  /**
   * The only places in plain text: where the user requests it, a violated plan that had another value, and encrypted
   * files.
   */
  const expected = [
    "a log that Pulumi keeps, decrypted",
    "pulumi stack export --show-secrets",
    "stdout of pulumi stack history --output json --show-secrets",
    "stdout of pulumi up --yes --skip-preview --plan plan.json --event-log violation.json",
    "the file shown.json",
    "the file violation.json",
  ];
  const withPassword = `${ours} cache(new pulumi.Config().requireSecret("password"));`;

  it.each([
    ["with one of ours", `${bareResource} ${withPassword}`],
    ["with one that is not ours", `${bareResource} bare(new pulumi.Config().requireSecret("password"));`],
  ])("all of which every dynamic resource gets: %s", async (_, source) => {
    const finds = await huntForConfig(source, "class", "tencentcloud");
    expect(placesOf(finds)).toEqual(expected);
  });

  it("of which the plugin's state contains only its own settings", async () => {
    const finds = await huntForConfig(`${bareResource} ${withPassword}`, "plugin", "tencentcloud-redis");
    expect(placesOf(finds)).toEqual([
      "a log that Pulumi keeps, decrypted",
      "pulumi stack export --show-secrets",
      "stdout of pulumi stack history --output json --show-secrets",
      "the file shown.json",
      // The fingerprint, in the message about the violated plan.
      "what pulumi up --yes --skip-preview --plan plan.json --event-log violation.json has shown",
    ]);
    const inState = finds.filter(({ place }) => place === "pulumi stack export --show-secrets");
    expect(inState.map(({ canary }) => canary)).toEqual([
      expect.stringMatching(/^config tencentcloud-redis:secretKey|^secret key/),
    ]);
  });

  const placesOf = (finds: readonly Found[]): string[] => [...new Set(finds.map(({ place }) => place))].sort();

  /** Uses keys and a password from the stack's config, and returns all places where one of them is found. */
  async function huntForConfig(source: string, frontEnd: FrontEnd, namespace: string): Promise<Found[]> {
    const hunt = await Hunt.create(source, {}, frontEnd);
    const { secretId, secretKey } = hunt.fixture.cloud;
    const noKey = { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "", PULUMI_DEBUG_COMMANDS: "1" };
    const run = (...args: string[]) => succeeds(hunt, args, noKey);
    try {
      await run("config", "set", "--plaintext", `${namespace}:secretId`, secretId);
      await hunt.setConfig(`${namespace}:secretKey`, secretKey);
      await hunt.setConfig("used-by-nobody", randomToken());
      await hunt.setConfig("password", randomPassword());
      await run("preview", "--diff", "--save-plan", "plan.json");
      await run("preview", "--json", "--save-plan", "shown.json", "--show-secrets");
      await hunt.setConfig("password", randomPassword());
      const args = upWith("--plan", "plan.json", "--event-log", "violation.json");
      expect(shown(await hunt.run(args, noKey))).toContain("violates plan");
      await run(...upWith("--diff", "--event-log", "events.json"));
      await run("stack", "history", "--output", "json");
      await run("stack", "history", "--output", "json", "--show-secrets");
      await run("refresh", "--yes");
      return await hunt.finds();
    } finally {
      await hunt.dispose();
    }
  }
});
