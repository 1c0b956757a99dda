import { chmodSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import { passphrase } from "../../../tools/pulumiStack";
import { findBlocks, root } from "../../support/markdown";
import { useHttpServer } from "../../unit/support/httpServer";
import { commandsIn } from "../support/commandsIn";
import { copyExample } from "../support/example";
import { expectSuccess } from "../support/expectSuccess";
import type { Fixture } from "../support/fixture";

const password = "first-Passw0rd";
const idToken = "the-token-of-this-job";
const role = "qcs::cam::uin/100000000001:roleName/redis-password";

let fixture: Fixture;
/** Replaces GitHub's service that issues a job's identity. */
const github = useHttpServer();

beforeEach(async () => {
  fixture = await copyExample("ci-preview", { webIdentityToken: idToken, roles: [role] });
  expectSuccess(await fixture.shell(commandsIn("examples/ci-preview/README.md", "Before the first run")));
});
afterEach(() => {
  // The job itself writes its identity there.
  fixture.write("id-token", "");
  return fixture.dispose();
});

/** The secrets that an administrator sets, in either service. */
const secrets = { PULUMI_CONFIG_PASSPHRASE: passphrase, REDIS_PASSWORD: password };
const variables = () => ({
  PULUMI_BACKEND_URL: fixture.stack.environment.PULUMI_BACKEND_URL ?? "",
  TKE_PROVIDER_ID: "github",
  TKE_ROLE_ARN: role,
});

/** The summary for a reviewer if the password of an existing stack has changed. */
const [summary] = findBlocks("examples/ci-preview/README.md").filter(
  ({ heading }) => heading === "What a reviewer sees",
);
const changed = "second-Passw0rd";

/** Runs a job's commands, except for installing packages, without other credentials than the job's. */
async function job(commands: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const result = await runCommands(commands, environment);
  expectSuccess(result);
  return result.stdout;
}

function runCommands(commands: readonly string[], environment: Readonly<Record<string, string>>) {
  const script = commands.filter((command) => command !== "npm ci").join("\n");
  const withoutKey = { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "", PULUMI_SKIP_CONFIRMATIONS: "" };
  const sts = { TENCENTCLOUD_STS_ENDPOINT: fixture.cloud.endpoint };
  return fixture.shell(script, { ...withoutKey, ...sts, ...environment });
}

const read = (file: string): unknown => parse(readFileSync(path.join(root, "examples", "ci-preview", file), "utf8"));

type Run<T> = (commands: readonly string[], environment: Readonly<Record<string, string>>) => Promise<T>;

interface Workflow {
  readonly on: object;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, WorkflowJob>>;
}

interface WorkflowJob {
  readonly if: string;
  readonly permissions: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string; readonly env?: Readonly<Record<string, string>> }[];
}

describe("GitHub Actions", () => {
  const { on, env, jobs } = read(".github/workflows/redis-password.yml") as Workflow;

  /** Replaces the job's expressions with their values. */
  function fillIn(texts: Readonly<Record<string, string>>): Record<string, string> {
    const known: Readonly<Record<string, string | undefined>> = {
      ...prefixed("secrets", secrets),
      ...prefixed("vars", variables()),
      "runner.temp": fixture.folder,
      "github.token": "the-token-for-comments",
      "github.event.number": "7",
    };
    const lookUp = (name: string): string => {
      const value = known[name];
      if (value === undefined) throw new Error(`the workflow uses ${name}, which nobody sets`);
      return value;
    };
    return Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        name,
        text.replaceAll(/\$\{\{ (.+?) \}\}/g, (_, expression: string) => lookUp(expression)),
      ]),
    );
  }

  function runJob(name: string, ofTheJob?: Readonly<Record<string, string>>): Promise<string>;
  function runJob<T>(name: string, ofTheJob: Readonly<Record<string, string>>, run: Run<T>): Promise<T>;
  async function runJob(name: string, ofTheJob: Readonly<Record<string, string>> = {}, run: Run<unknown> = job) {
    const steps = jobs[name]?.steps ?? [];
    const ofSteps = Object.assign({}, ...steps.map((step) => step.env)) as Record<string, string>;
    const environment = { ...fillIn({ ...env, ...ofSteps }), ...ofTheJob };
    const commands = steps.flatMap((step) => step.run ?? []);
    return run(commands, { PATH: `${fixture.folder}:${fixture.stack.environment.PATH ?? ""}`, ...environment });
  }

  const readWritten = (file: string) => readFileSync(path.join(fixture.folder, file), "utf8");

  /** Replaces GitHub's command, which would post a comment. */
  beforeEach(() => {
    fixture.write("gh", '#!/bin/sh\necho "$GH_TOKEN $*" > gh.log\n');
    chmodSync(path.join(fixture.folder, "gh"), 0o755);
  });

  it("runs one job for a pull request and the other on main, after a push or by hand", () => {
    expect(on).toEqual({ pull_request: null, push: { branches: ["main"] }, workflow_dispatch: null });
    expect(jobs.preview).toMatchObject({
      if: "github.event_name == 'pull_request'",
      permissions: { contents: "read", "pull-requests": "write" },
    });
    expect(jobs.up).toMatchObject({ if: "github.ref == 'refs/heads/main'" });
    expect(jobs.preview?.permissions).not.toHaveProperty("id-token");
    expect(jobs.up?.permissions).toHaveProperty("id-token", "write");
  });

  it("previews without credentials, and runs up with the job's own identity", async () => {
    expect(await runJob("preview")).toContain("- `cache: create`");
    expect(fixture.requests).toEqual([]);
    const comment = "the-token-for-comments pr comment 7 --body-file preview.md --edit-last --create-if-none\n";
    expect(readWritten("gh.log")).toBe(comment);

    github.respond = (response, { headers, path: asked }) => {
      const isRight =
        headers.authorization === "bearer the-bearer-of-this-job" &&
        asked.endsWith("&audience=sts.tencentcloudapi.com");
      response.writeHead(isRight ? 200 : 403).end(JSON.stringify({ value: idToken }));
    };
    await runJob("up", {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${github.url.href}?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "the-bearer-of-this-job",
    });
    expect(await fixture.auth(password)).toBe(true);
    expect(fixture.requests[0]).toMatchObject({ action: "AssumeRoleWithWebIdentity", code: null });

    expect(await runJob("preview")).toBe("### Redis passwords\n\nNo password changes.\n");
    expect(await runJob("preview", { REDIS_PASSWORD: changed })).toBe(summary?.text);
    expect(readWritten("preview.md")).toBe(summary?.text);
  });

  it("comments, and fails, if the preview fails", async () => {
    const failed = await runJob("preview", { REDIS_PASSWORD: "short" }, runCommands);
    expect(failed.code).not.toBe(0);
    expect(readWritten("preview.md")).toContain("**The preview failed.**");
    expect(readWritten("preview.md")).toContain("password: must have at least 8 characters");
  });
});

describe("GitLab CI", () => {
  interface Job {
    readonly rules: readonly { readonly if: string }[];
    readonly script: readonly string[];
    readonly variables?: Readonly<Record<string, string>>;
    readonly id_tokens?: object;
  }
  const jobs = read(".gitlab-ci.yml") as { readonly preview: Job; readonly up: Job };

  async function runJob({ script, variables: ofTheJob = {} }: Job, idTokens: Readonly<Record<string, string>> = {}) {
    const set: Readonly<Record<string, string>> = { ...secrets, ...variables(), CI_BUILDS_DIR: fixture.folder };
    const expanded = Object.entries(ofTheJob).map(([name, text]) => [
      name,
      text.replaceAll(/\$(\w+)/g, (reference, variable: string) => set[variable] ?? reference),
    ]);
    return job(script, { ...set, ...(Object.fromEntries(expanded) as typeof set), ...idTokens });
  }

  it("runs one job for a merge request and the other on the default branch", () => {
    expect(jobs.preview.rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }]);
    expect(jobs.up.rules).toEqual([{ if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" }]);
    expect(jobs.preview).not.toHaveProperty("id_tokens");
    expect(jobs.up.id_tokens).toEqual({ ID_TOKEN: { aud: "sts.tencentcloudapi.com" } });
  });

  it("previews without credentials, and runs up with the job's own identity", async () => {
    expect(await runJob(jobs.preview)).toContain("- `cache: create`");
    expect(fixture.requests).toEqual([]);

    await runJob(jobs.up, { ID_TOKEN: idToken });
    expect(await runJob(jobs.preview, { REDIS_PASSWORD: changed })).toBe(summary?.text);
    expect(await fixture.auth(password)).toBe(true);
    const roles = fixture.requests.filter(({ action }) => action?.startsWith("AssumeRole"));
    expect(roles).toEqual([expect.objectContaining({ action: "AssumeRoleWithWebIdentity", code: null })]);
  });
});

const prefixed = (prefix: string, values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
