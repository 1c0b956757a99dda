import type { Client, MethodDefinition } from "@grpc/grpc-js";

import { requireOfPulumi } from "./requireOfPulumi";
import { patienceMs } from "./patience";
import { ProviderError } from "./providerError";

const grpc = requireOfPulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");

/**
 * Calls a method of a provider, like the engine.
 *
 * @throws ProviderError if it fails, or times out
 */
export function callUnary<Request, Reply>(
  client: Client,
  { path, requestSerialize, responseDeserialize }: MethodDefinition<Request, Reply>,
  request: Request,
): Promise<Reply> {
  const options = { deadline: Date.now() + patienceMs };
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      new grpc.Metadata(),
      options,
      (error, reply) => (error ? reject(ProviderError.of(error)) : resolve(reply as Reply)),
    );
  });
}
