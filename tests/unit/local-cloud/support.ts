import type { IncomingHttpHeaders } from "node:http";

import { type ApiRequest, parseRequest } from "../../../local-cloud/apiRequest";

/** A request as it would have arrived. */
export function arrived(request: {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: IncomingHttpHeaders;
  readonly body?: string;
}): ApiRequest {
  const { method = "POST", url = "/", headers = {}, body = "" } = request;
  return parseRequest({ method, url, headers }, Buffer.from(body));
}
