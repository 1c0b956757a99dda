import { silentLog } from "../../../provider/resource/session/resourceLog";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import { type ClientTarget, Session } from "../../../provider/resource/session/session";
import { deadlineIn } from "../../../provider/tencentcloud/retry/deadline";
import type { HttpRequest, Transport } from "../../../provider/tencentcloud/transport/http";
import type { Values } from "./credentialContext";

/** Provides a session with a test's settings, which records its requests, in all tests of a file. */
export function useSettings() {
  const transport = jest.fn<ReturnType<Transport>, Parameters<Transport>>();
  let session = new Session({ transport });

  const answer = (response: object): void => {
    const body = JSON.stringify({ Response: response });
    transport.mockResolvedValue({ status: 200, serviceTimeMs: undefined, body });
  };
  beforeEach(() => {
    transport.mockReset();
    answer({ RequestId: "r1" });
  });

  /** Begins a session with this environment and this config. */
  function set(environment: Values, config: Values): void {
    session = new Session({ transport, environment: (name) => environment[name], homeDirectory: "/nonexistent" });
    session.configure((name) => config[name]);
  }

  /** Sends a request, and returns it with its address. */
  async function send(changes: Partial<ClientTarget> = {}): Promise<Sent> {
    const client = session.clientFor({ ...user, ...changes }, silentLog);
    await client({ action: "DescribeInstances", parameters: {}, deadline: deadlineIn(60, systemClock) });
    const { url, headers = {} } = transport.mock.calls.at(-1)?.[1] as HttpRequest;
    const secretId = /Credential=([^/]+)/.exec(headers.Authorization ?? "")?.[1];
    return { url: url.href, secretId, token: headers["X-TC-Token"] };
  }

  return {
    set,
    send,
    /** Responds to every request like STS to one for a temporary key. */
    answerTemporaryKey: () => {
      const Credentials = { TmpSecretId: "temporaryId", TmpSecretKey: "k", Token: "t" };
      answer({ Credentials, ExpiredTime: 4_000_000_000, RequestId: "r1" });
    },
    session: () => session,
    hosts: () => transport.mock.calls.map(([, { url }]) => url.host),
  };
}

export interface Sent {
  readonly url: string;
  readonly secretId: string | undefined;
  readonly token: string | undefined;
}

export const user: ClientTarget = { instanceId: "crs-5a4py64p", region: "ap-guangzhou" };
export const ownHost = "https://redis.tencentcloudapi.com/";
export const key = { TENCENTCLOUD_SECRET_ID: "environmentId", TENCENTCLOUD_SECRET_KEY: "k" };
/** Settings with which a run requests a temporary key from STS. */
export const role = { ...key, TENCENTCLOUD_ASSUME_ROLE_ARN: "qcs::cam::uin/1:roleName/r" };
