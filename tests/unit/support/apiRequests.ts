import { createHttpTransport } from "../../../provider/tencentcloud/transport/http";
import { systemClock } from "../../../provider/tencentcloud/retry/clock";
import { type ApiRequest, sendRequest } from "../../../provider/tencentcloud/transport/request";
import { Secret } from "../../../provider/tencentcloud/secrets/secret";
import { credentialsWith } from "../../support/credentials";
import "./errorsOfNode";
import { catchError } from "./failure";
import { useHttpServer } from "./httpServer";
import { Redactor } from "../../../provider/tencentcloud/secrets/redactor";

export const requestId = "137c2607-07d1-4df0-9978-4b57a7ca3465";
export const key = { secretId: "AKIDexample", secretKey: "theSecretKey", token: "theToken" };

/** Provides a server and requests to it in all tests of a file. A request is a reset unless a test changes it. */
export function useApiRequests() {
  const server = useHttpServer();
  const send = (changes: Partial<ApiRequest> = {}, transport = createHttpTransport(() => undefined)) =>
    sendRequest(
      {
        endpoint: server.url,
        service: "redis",
        version: "2018-04-12",
        region: "ap-guangzhou",
        action: "ResetPassword",
        parameters: { InstanceId: "crs-5a4py64p", Password: new Secret("zy456987") },
        credentials: credentialsWith(key),
        timeoutMs: 60_000,
        redactor: new Redactor(),
        ...changes,
      },
      { transport, clock: systemClock },
    );
  /** Sends a request that fails, and returns its error. */
  const sendFailing = (changes: Partial<ApiRequest> = {}) => catchError(() => send(changes));
  return { server, send, sendFailing };
}
