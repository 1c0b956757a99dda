import { fromCvmRole, fromRequestedCvmRole } from "../../../provider/tencentcloud/credentials/fromCvmRole";
import { type Transport, createHttpTransport } from "../../../provider/tencentcloud/transport/http";
import { clockWith } from "./clock";
import { credentialContext } from "./credentialContext";
import "./errorsOfNode";
import { type Respond, neverAnswer, respondWith, useHttpServer } from "./httpServer";

export const rolesPath = "/latest/meta-data/cam/security-credentials/";

/** Returns a page of the metadata service, which is plain text. */
export const page = (body: string, status = 200): Respond => respondWith(status, {}, body);

/** Lists a role, and responds to a request for its key. */
export const listRole =
  (respond: Respond, list = "theRole"): Respond =>
  (response, request) =>
    (request.path === rolesPath ? page(list) : respond)(response, request);

/** Returns the key of a role, with some changes. */
export const roleKey = (changes: object = {}): Respond =>
  page(
    JSON.stringify({
      TmpSecretId: "temporaryId",
      TmpSecretKey: "theS3CRETkey",
      Token: "theS3CRETtoken",
      ExpiredTime: 4_000_000_000,
      Expiration: "2096-10-02T07:06:40Z",
      Code: "Success",
      ...changes,
    }),
  );

/** Provides a metadata service on this machine, and lookups of its role, in all tests of a file. */
export function useMetadataService() {
  const metadata = useHttpServer();
  const sendHttp = createHttpTransport(() => undefined);
  const transport: jest.MockedFunction<Transport> = jest.fn();
  /** The durations of the pauses. */
  const pauses: number[] = [];
  /** Shared by all lookups of a test, as in a session. */
  const metadataHosts = new Set<string>();
  beforeEach(() => {
    transport.mockReset().mockImplementation(sendHttp);
    pauses.length = 0;
    metadataHosts.clear();
  });

  const clock = clockWith({ sleep: (delayMs) => (pauses.push(delayMs), Promise.resolve()) });
  const contextAt = (address = metadata.url.href) =>
    credentialContext({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: address }, clock, transport, metadataHosts });
  return {
    metadata,
    transport,
    pauses,
    contextAt,
    find: () => fromCvmRole(contextAt()),
    findRequested: (name?: string) => fromRequestedCvmRole(name, contextAt()),
    /** Stops all responses of the service, and shortens the timeout. */
    silence: () => {
      metadata.respond = neverAnswer;
      transport.mockImplementation((action, request) => sendHttp(action, { ...request, timeoutMs: 10 }));
    },
  };
}
