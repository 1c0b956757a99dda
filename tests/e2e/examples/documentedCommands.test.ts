import { commandsIn } from "../support/commandsIn";
import { expectSuccess } from "../support/expectSuccess";
import { Fixture, program, shown } from "../support/fixture";
import { findBlocks, root } from "../../support/markdown";
import { somebodyElse } from "../support/somebodyElse";

const first = "first-Passw0rd";
const second = "second-Passw0rd";

let fixture: Fixture;
afterEach(() => fixture.dispose());

/** Runs commands, which must succeed, and returns what they print. */
async function run(commands: string): Promise<string> {
  const result = await fixture.shell(commands);
  expectSuccess(result);
  return shown(result);
}

it("the README's first program works, with the tarball that it names", async () => {
  fixture = await Fixture.create("");
  const { secretId, secretKey } = fixture.cloud;
  const filledIn = { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey, REDIS_PASSWORD: first };
  const [block] = findBlocks("README.md").filter(({ language }) => language === "ts");
  fixture.write("program.ts", block?.text ?? "");
  // Replaces what needs the network: the template of TypeScript projects, and all packages except the tested one.
  const withoutNetwork = `
    pulumi() {
      if [ "$1" != new ]; then command pulumi "$@"; return; fi
      printf 'name: redis-password\\nruntime: nodejs\\n' > Pulumi.yaml
      printf '{ "name": "redis-password", "main": "index.ts" }' > package.json
      printf '{ "compilerOptions": { "strict": true, "module": "node16", "types": ["node"], "skipLibCheck": true } }' > tsconfig.json
      mv ../program.ts index.ts
      command pulumi stack init dev
    }
    npm() {
      mkdir node_modules && ln -s "$(dirname "$PWD")"/node_modules/* node_modules
      rm node_modules/pulumi-tencentcloud-redis && mkdir node_modules/pulumi-tencentcloud-redis
      tar -xzf "$2" --strip-components 1 -C node_modules/pulumi-tencentcloud-redis
    }
    set -e
    mkdir pulumi-tencentcloud-redis
    command npm pack --silent --ignore-scripts --pack-destination pulumi-tencentcloud-redis '${root}'
  `;
  const commands = commandsIn("README.md", "A first program", filledIn);
  expect(await run(`${withoutNetwork}\n${commands}`)).toMatch(/taskId: 16657/);
  expect(await fixture.auth(first)).toBe(true);
});

it("the rotation runbook rotates, rolls back, and overwrites a password that was set by hand", async () => {
  fixture = await Fixture.create(program());
  await fixture.up(first);
  expect(
    await run(commandsIn("docs/rotation.md", "Clients that try two passwords", { REDIS_PASSWORD: second })),
  ).toContain("crs-5a4py64p: the password will be reset (password changed)");
  expect(await fixture.auth(second)).toBe(true);
  await run(commandsIn("docs/rotation.md", "Back to the old password", { REDIS_PASSWORD: first }));
  expect(await fixture.auth(first)).toBe(true);

  await somebodyElse(fixture).resets("by-hand-Passw0rd");
  const byHand = commandsIn("docs/rotation.md", "Somebody has changed it by hand");
  expect(await run(`export REDIS_PASSWORD=${first}\n${byHand}`)).toContain(
    "crs-5a4py64p: the password will be reset (somebody else",
  );
  expect(await fixture.auth(first)).toBe(true);
  expect(fixture.resets).toBe(5);
});

it("this resource replaces a hand-written dynamic resource, without a reset and without calling its delete", async () => {
  fixture = await Fixture.create(handWritten, { instances: { "crs-5a4py64p": first } });
  await run(`export REDIS_PASSWORD=${first}\npulumi up`);
  const urn = /urn:pulumi:test::e2e::pulumi-nodejs:dynamic:Resource::old/.exec(await run("pulumi stack --show-urns"));
  expect(urn).not.toBeNull();
  const commands = commandsIn("docs/moving.md", "From a hand-written dynamic resource", { delete: urn?.[0] ?? "" });
  expect(await run(commands)).toContain(urn?.[0]);

  const [block] = findBlocks("docs/moving.md").filter(({ language }) => language === "ts");
  fixture.write("index.ts", block?.text ?? "");
  fixture.write("package.json", JSON.stringify({ name: "e2e", private: true, main: "index.ts" }));
  fixture.write(
    "tsconfig.json",
    JSON.stringify({ compilerOptions: { strict: true, module: "node16", types: ["node"] } }),
  );
  expect(await run(commandsIn("docs/moving.md", "Adopt", { REDIS_PASSWORD: first }))).toContain(
    "crs-5a4py64p: is adopted with its password, nothing was reset",
  );
  expect(fixture.output).not.toContain("the old one's delete");
  expect(fixture.resets).toBe(0);

  await run(commandsIn("docs/moving.md", "Rotate once", { REDIS_PASSWORD: second }));
  expect(await fixture.auth(second)).toBe(true);
  expect(JSON.stringify(await fixture.state())).not.toContain("-Passw0rd");
});

const handWritten = `
  const pulumi = require("@pulumi/pulumi");
  const provider = {
    async create(inputs) { return { id: "old", outs: inputs }; },
    async delete() { throw new Error("the old one's delete"); },
  };
  new pulumi.dynamic.Resource(provider, "old", { password: pulumi.secret(process.env.REDIS_PASSWORD) });
`;
