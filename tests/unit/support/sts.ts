import type { CredentialContext } from "../../../provider/tencentcloud/credentials";
import "./errorsOfNode";
import { type Respond, answer, useHttpServer } from "./httpServer";

/** What {@link grantRole} gives, as the client takes it. */
export const temporaryCredentials = {
  secretId: "temporaryId",
  secretKey: "temporaryS3CRETkey",
  token: "temporaryS3CRETtoken",
  expiresAt: 4_000_000_000_000,
};

/** An answer of STS to who may take on a role, but for some changes of its content and of the credentials in it. */
export const grantRole = (changes: object = {}, credentials: object = {}): Respond =>
  answer({
    Credentials: {
      TmpSecretId: "temporaryId",
      TmpSecretKey: "temporaryS3CRETkey",
      Token: "temporaryS3CRETtoken",
      ...credentials,
    },
    ExpiredTime: 4_000_000_000,
    Expiration: "2096-10-02T07:06:40Z",
    RequestId: "r1",
    ...changes,
  });

export const refuseRole = (code: string, message: string): Respond =>
  answer({ Error: { Code: code, Message: message }, RequestId: "r1" });

/** What STS was asked, as far as a test wants to know. */
interface Question {
  readonly action: unknown;
  readonly region: unknown;
  readonly signedBy: unknown;
  readonly token?: unknown;
  readonly parameters: unknown;
}

/** STS on this machine, in all tests of a file. It grants every role unless told otherwise. */
export function useSts() {
  const server = useHttpServer();
  const askedFor: string[] = [];
  beforeEach(() => {
    askedFor.length = 0;
    server.respond = grantRole();
  });
  return {
    respond: (respond: Respond) => void (server.respond = respond),
    /** To be found by the sources of credentials. */
    stsEndpoint: ((region) => {
      askedFor.push(region);
      return server.url;
    }) satisfies CredentialContext["stsEndpoint"],
    /** The regions whose STS was looked for. */
    askedFor,
    questions: (): Question[] =>
      server.received.map(({ headers, body }) => ({
        action: headers["x-tc-action"],
        region: headers["x-tc-region"],
        signedBy: /Credential=([^/]+)/.exec(String(headers.authorization))?.[1] ?? headers.authorization,
        ...("x-tc-token" in headers && { token: headers["x-tc-token"] }),
        parameters: JSON.parse(body) as unknown,
      })),
    host: () => server.url.host,
  };
}
