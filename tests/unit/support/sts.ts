import type { CredentialContext } from "../../../provider/tencentcloud/credentials";
import "./errorsOfNode";
import { type Respond, answer, useHttpServer } from "./httpServer";

/** The credentials that {@link grantRole} issues, in the client's format. */
export const temporaryCredentials = {
  secretId: "temporaryId",
  secretKey: "temporaryS3CRETkey",
  token: "temporaryS3CRETtoken",
  expiresAt: 4_000_000_000_000,
};

/** Returns a response of STS that issues credentials for a role, with some changes. */
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

/** The parts of a request to STS that tests compare. */
interface Question {
  readonly action: unknown;
  readonly region: unknown;
  readonly signedBy: unknown;
  readonly token?: unknown;
  readonly parameters: unknown;
}

/** Provides STS on this machine, in all tests of a file. It grants every role unless a test changes that. */
export function useSts() {
  const server = useHttpServer();
  const askedFor: string[] = [];
  beforeEach(() => {
    askedFor.length = 0;
    server.respond = grantRole();
  });
  return {
    respond: (respond: Respond) => void (server.respond = respond),
    stsEndpoint: ((region) => {
      askedFor.push(region);
      return server.url;
    }) satisfies CredentialContext["stsEndpoint"],
    /** The regions for which an STS endpoint was requested. */
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
