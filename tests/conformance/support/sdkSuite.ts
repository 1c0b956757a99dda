/** The tests that every unmodified SDK of the vendor must pass against the local cloud, in any language. */
import {
  type LocalCloud,
  type LocalCloudOptions,
  type RequestRecord,
  startLocalCloud,
} from "pulumi-tencentcloud-redis/local-cloud";

import { authAccepted } from "../../../tools/redisAuth";
import { patienceMs } from "../../protocol/support/patience";
import { awaitEnd } from "./awaitEnd";
import { customAccounts, itChangesCustomAccounts } from "./sdkAccounts";
import type { ClientKind, Outcome, SdkCredential, SdkProcess, SdkRequest } from "./sdkProcess";
import { installationMs, newFolder, removeFolder } from "./temporaryFolder";

export interface Sdk {
  /** The class of the SDK's errors. */
  readonly errorType: string;
  readonly kinds: readonly ClientKind[];
  /** Installs it in an empty folder, and starts the script that uses it. */
  start(folder: string): Promise<SdkProcess>;
}

/** The kinds of clients that all SDKs support. */
export const commonKinds: readonly ClientKind[] = (["TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"] as const).flatMap(
  (signMethod) => (["POST", "GET"] as const).map((method) => ({ method, signMethod })),
);

const InstanceId = "crs-5a4py64p";
const reset = { service: "redis", action: "ResetPassword", parameters: { InstanceId, Password: "zy456987" } } as const;
const assumeRole = {
  service: "sts",
  action: "AssumeRole",
  parameters: { RoleArn: "qcs::cam::uin/100000000001:roleName/tester", RoleSessionName: "conformance" },
} as const;

type Call = Pick<SdkRequest, "service" | "action" | "parameters">;

interface Changes {
  readonly credential?: Partial<SdkCredential>;
  readonly language?: SdkRequest["language"];
  readonly to?: LocalCloud;
}

export function itConforms(sdk: Sdk): void {
  let script: SdkProcess;
  let cloud: LocalCloud;
  /** Serves one request per second, and its temporary keys expire as soon as they are issued. */
  let strictCloud: LocalCloud;
  const records: RequestRecord[] = [];
  const ends: (() => unknown)[] = [];

  const start = async (options: LocalCloudOptions): Promise<LocalCloud> => {
    const started = await startLocalCloud({ ...options, onRequest: (record) => records.push(record) });
    ends.push(() => started.stop());
    return started;
  };

  beforeAll(async () => {
    const instances = { [InstanceId]: { accounts: customAccounts } };
    cloud = await start({ taskSeconds: 0.1, requestsPerSecond: 1000, instances });
    strictCloud = await start({ taskSeconds: 0, requestsPerSecond: 1, temporaryKeySeconds: 0 });
    const folder = newFolder();
    ends.push(() => removeFolder(folder));
    script = await sdk.start(folder);
    ends.push(() => script.stop());
  }, installationMs + patienceMs);

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  describe.each(sdk.kinds.map((kind) => [readName(kind), kind] as const))("%s", (_, kind) => {
    const send = (call: Call, changes: Changes = {}) => {
      const { endpoint, region, secretId, secretKey } = changes.to ?? cloud;
      const { language = "en-US" } = changes;
      const credential = { secretId, secretKey, ...changes.credential };
      return script.send({ ...call, ...kind, endpoint: new URL(endpoint).host, region, credential, language });
    };

    /** Expects the SDK's own error, with a request id of such a refusal from the cloud. */
    const expectRefused = ({ error }: Outcome, code: string) => {
      expect(error).toMatchObject({ type: sdk.errorType, code, message: expect.stringMatching(/\w/) as string });
      expect(records).toContainEqual(expect.objectContaining({ code, requestId: error?.requestId }));
    };

    /** Resets the password, and reads the task to its end. */
    const resetTo = async (Password: string, credential?: SdkCredential) => {
      const parameters = { InstanceId, Password };
      const { answer } = await send({ ...reset, parameters }, { credential });
      expect(answer).toEqual({ TaskId: expect.any(Number) as number, RequestId: records.at(-1)?.requestId });
      const task = await awaitEnd(() =>
        send({ service: "redis", action: "DescribeTaskInfo", parameters: { TaskId: answer?.TaskId } }, { credential }),
      );
      expect(task).toMatchObject({ Status: "succeed", TaskType: "FLOW_SETPWD", InstanceId, TaskMessage: "" });
    };

    const accepted = (password: string) => authAccepted(cloud.instances[0]?.port ?? 0, password);

    it("resets the password: the new one is accepted, the old one is not", async () => {
      await resetTo("zy456987");
      expect(await accepted("zy456987")).toBe(true);
      const password = "aA0()~!@#$%^&*-+=_|{}[]:;<>,.?/";
      await resetTo(password);
      expect(await accepted(password)).toBe(true);
      expect(await accepted("zy456987")).toBe(false);
    });

    it("resets the password with a temporary key and its token", async () => {
      await resetTo("Temporary-1", temporaryKeyIn(await send(assumeRole)));
      expect(await accepted("Temporary-1")).toBe(true);
    });

    itChangesCustomAccounts(() => ({ InstanceId, port: cloud.instances[0]?.port ?? 0, send }));

    it.each<[string, string, Call, Partial<SdkCredential>]>([
      ["a wrong key", "AuthFailure.SecretIdNotFound", reset, { secretId: "AKIDnobodys" }],
      ["a wrong secret", "AuthFailure.SignatureFailure", reset, { secretKey: "nobodys" }],
      ["a token of nobody's", "AuthFailure.TokenFailure", reset, { token: "nobodys" }],
      ["a missing parameter", "MissingParameter", { ...reset, parameters: { Password: "zy456987" } }, {}],
      [
        "an unknown instance",
        "ResourceNotFound.InstanceNotExists",
        { ...reset, parameters: { ...reset.parameters, InstanceId: "crs-unknown" } },
        {},
      ],
      [
        "a password that breaks the rule",
        "InvalidParameterValue.PasswordRuleError",
        { ...reset, parameters: { InstanceId, Password: "short" } },
        {},
      ],
    ])("reports %s: %s", async (_, code, call, credential) => {
      expectRefused(await send(call, { credential }), code);
    });

    it("reports an expired token: AuthFailure.TokenFailure", async () => {
      const credential = temporaryKeyIn(await send(assumeRole, { to: strictCloud }));
      const outcome = await send(reset, { to: strictCloud, credential });
      expectRefused(outcome, "AuthFailure.TokenFailure");
      expect(outcome.error?.message).toContain("expired");
    });

    it.each([
      ["en-US", /^[ -~]+$/],
      ["zh-CN", /\p{Script=Han}/u],
    ] as const)("reports an error in its language, %s", async (language, message) => {
      const { error } = await send(reset, { credential: { secretKey: "nobodys" }, language });
      expect(error?.message).toMatch(message);
    });

    it("reports throttling: RequestLimitExceeded", async () => {
      const outcomes = await Promise.all([1, 2, 3].map(() => send(reset, { to: strictCloud })));
      const refused = outcomes.filter(({ error }) => error);
      // None is served if this second already had its request.
      expect([2, 3]).toContain(refused.length);
      for (const outcome of refused) expectRefused(outcome, "RequestLimitExceeded");
    });
  });
}

const readName = ({ method, signMethod, unsignedPayload }: ClientKind): string =>
  `${method}, ${signMethod}${unsignedPayload ? ", the body not signed" : ""}`;

function temporaryKeyIn({ answer }: Outcome): SdkCredential {
  const { TmpSecretId, TmpSecretKey, Token } = answer?.Credentials as Record<string, string>;
  return { secretId: TmpSecretId as string, secretKey: TmpSecretKey as string, token: Token };
}
