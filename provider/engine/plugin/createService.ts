import type { UntypedServiceImplementation, handleUnaryCall } from "@grpc/grpc-js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";

import { markSecrets } from "../shared/marks";
import { toDiffResponse } from "./diffResponse";
import type { EngineLog } from "./engineLog";
import type { Checked, PluginMethods } from "./methods";
import { packageVersion, readPackageFile } from "./packageFiles";
import type { Pulumi } from "./pulumi";
import { toServiceError } from "./serviceError";
import { fromStruct, toStruct } from "./struct";

/** What the plugin does for one engine, and the function that cancels it. */
interface Run {
  readonly methods: PluginMethods;
  readonly cancel: () => void;
}

/**
 * Returns the gRPC service that the engine calls. Calls that it does not support, such as functions and components,
 * fail with gRPC's "not implemented".
 *
 * The service does not accept secrets, so the engine passes plain values, and marks every property that has the name of
 * a secret input, for this plugin as for dynamic resources. What derives from the password is marked here.
 *
 * @param startRun called at the start, and when an engine attaches after a cancellation
 */
export function createService(pulumi: Pulumi, startRun: () => Run, log: EngineLog): UntypedServiceImplementation {
  let { methods, cancel } = startRun();
  let isCanceled = false;
  const { Empty, PluginInfo, messages: m } = pulumi;
  const properties = (plain: object) => toStruct(pulumi, markSecrets(plain));
  const checkResponse = ({ inputs, failures }: Checked) => {
    // The property stays empty: Pulumi would print its value, and even a trigger can be a secret.
    const failureList = failures.map((reason) => new m.CheckFailure().setReason(reason));
    return new m.CheckResponse().setInputs(properties(inputs)).setFailuresList(failureList);
  };
  const respond = <Request, Response>(
    answer: (request: Request) => Response | Promise<Response>,
  ): handleUnaryCall<Request, Response> => {
    return ({ request }, callback) => {
      void (async () => {
        try {
          const response = await answer(request);
          await log.flush();
          callback(null, response);
        } catch (error) {
          await log.flush();
          callback(toServiceError(pulumi, error));
        }
      })();
    };
  };
  return {
    handshake: respond((request: messages.ProviderHandshakeRequest) => {
      log.attach(request.getEngineAddress());
      return new m.ProviderHandshakeResponse();
    }),
    attach: respond((request: PluginAttach) => {
      log.attach(request.getAddress());
      // Every engine cancels the provider when it closes. In a run, one can attach several times.
      if (isCanceled) ({ methods, cancel } = startRun());
      isCanceled = false;
      return new Empty();
    }),
    getPluginInfo: respond(() => new PluginInfo().setVersion(packageVersion())),
    getSchema: respond(() => new m.GetSchemaResponse().setSchema(readPackageFile("schema.json"))),
    checkConfig: respond((request: messages.CheckRequest) =>
      checkResponse(methods.checkConfig(fromStruct(request.getNews()))),
    ),
    // The engine compares the settings itself. No setting may replace the provider, which would replace all of its
    // resources.
    diffConfig: respond(() => new m.DiffResponse()),
    configure: respond((request: messages.ConfigureRequest) => {
      methods.configure(fromStruct(request.getArgs()));
      return new m.ConfigureResponse().setSupportspreview(true);
    }),
    check: respond((request: messages.CheckRequest) => {
      const [oldInputs, inputs] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      return checkResponse(methods.check({ urn: request.getUrn(), oldInputs, inputs }));
    }),
    diff: respond((request: messages.DiffRequest) => {
      const [outputs, inputs] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      return toDiffResponse(pulumi, methods.diff({ urn: request.getUrn(), outputs, inputs }));
    }),
    create: respond(async (request: messages.CreateRequest) => {
      const inputs = fromStruct(request.getProperties());
      const { id, outputs } = await methods.create({ ...changeCall(request), inputs });
      return new m.CreateResponse().setId(id).setProperties(properties(outputs));
    }),
    read: respond(async (request: messages.ReadRequest) => {
      const outputs = fromStruct(request.getProperties());
      const found = await methods.read({ urn: request.getUrn(), id: request.getId(), outputs });
      const response = new m.ReadResponse().setId(found.id).setProperties(properties(found.outputs));
      return found.inputs ? response.setInputs(properties(found.inputs)) : response;
    }),
    update: respond(async (request: messages.UpdateRequest) => {
      const [outputs, inputs] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const updated = await methods.update({ ...changeCall(request), outputs, inputs });
      return new m.UpdateResponse().setProperties(properties(updated));
    }),
    delete: respond((request: messages.DeleteRequest) => {
      methods.delete({ urn: request.getUrn(), outputs: fromStruct(request.getProperties()) });
      return new Empty();
    }),
    cancel: respond(() => {
      cancel();
      isCanceled = true;
      return new Empty();
    }),
  };
}

const changeCall = (request: messages.CreateRequest | messages.UpdateRequest) => ({
  urn: request.getUrn(),
  isPreview: request.getPreview(),
  timeoutSeconds: request.getTimeout(),
});
