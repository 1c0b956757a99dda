import type { ServiceError } from "@grpc/grpc-js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb";

import { createMethods } from "../../../provider/engine/plugin/createMethods";
import { createService } from "../../../provider/engine/plugin/createService";
import { EngineLog } from "../../../provider/engine/plugin/engineLog";
import { loadPulumi } from "../../../provider/engine/plugin/pulumi";
import { isFingerprint } from "../../../provider/resource/contract/fingerprint";
import type { Session } from "../../../provider/resource/session/session";
import { ProviderError } from "../../protocol/support/providerError";
import { type Properties, fromStruct, toStruct, withoutMarks } from "../../protocol/support/struct";
import type { OnCall, ProviderMethods } from "./providerMethods";

/** A method of a gRPC service, as far as these tests call it. */
type Method<Reply> = (call: { request: object }, callback: (error: ServiceError | null, reply?: Reply) => void) => void;

/** The service of the provider plugin, called like from the engine but without a connection. */
export function pluginMethods(
  session: Session,
  print: (line: string) => void,
  cancel: () => void,
  onCall: OnCall,
): ProviderMethods & { readonly cancel: () => Promise<unknown> } {
  const pulumi = loadPulumi();
  const { messages: m } = pulumi;
  const methods = createMethods(session, (severity, _, line) =>
    // The format of a dynamic resource.
    print(severity === "info" ? line : line.replace(": ", ": warning: ")),
  );
  const service = createService(pulumi, () => ({ methods, cancel }), new EngineLog(pulumi));
  const call = <Reply>(name: string, request: object): Promise<Reply> =>
    new Promise<Reply>((resolve, reject) => {
      const method = service[name] as unknown as Method<Reply>;
      method({ request }, (error, reply) => (error ? reject(error) : resolve(reply as Reply)));
    }).catch((error: unknown) => {
      throw toFailure(error as ServiceError);
    });
  return {
    async check({ name }, olds, news) {
      onCall("check", olds, news);
      const request = new m.CheckRequest().setUrn(urnOf(name)).setOlds(toStruct(olds)).setNews(toStruct(news));
      const reply = await call<messages.CheckResponse>("check", request);
      return { inputs: unmarked(fromStruct(reply.getInputs())), failures: reply.toObject().failuresList };
    },
    async diff({ name }, id, olds, news) {
      onCall("diff", id, olds, news);
      const request = new m.DiffRequest().setUrn(urnOf(name)).setId(id).setOlds(toStruct(olds)).setNews(toStruct(news));
      return toDifference(await call<messages.DiffResponse>("diff", request), m);
    },
    async create({ name, isPreview = false, customTimeout = 0 }, inputs) {
      onCall("create", inputs);
      const request = new m.CreateRequest().setUrn(urnOf(name)).setProperties(toStruct(inputs));
      request.setPreview(isPreview).setTimeout(customTimeout);
      const reply = await call<messages.CreateResponse>("create", request);
      return { id: reply.getId(), outputs: unmarked(fromStruct(reply.getProperties())) };
    },
    async read({ name }, id, outputs) {
      onCall("read", id, outputs);
      const request = new m.ReadRequest().setUrn(urnOf(name)).setId(id).setProperties(toStruct(outputs));
      const reply = await call<messages.ReadResponse>("read", request);
      const inputs = reply.hasInputs() ? { inputs: unmarked(fromStruct(reply.getInputs())) } : {};
      return { id: reply.getId(), outputs: unmarked(fromStruct(reply.getProperties())), ...inputs };
    },
    async update({ name, isPreview = false, customTimeout = 0 }, id, olds, news) {
      onCall("update", id, olds, news);
      const request = new m.UpdateRequest().setUrn(urnOf(name)).setId(id);
      request.setOlds(toStruct(olds)).setNews(toStruct(news)).setPreview(isPreview).setTimeout(customTimeout);
      const reply = await call<messages.UpdateResponse>("update", request);
      return unmarked(fromStruct(reply.getProperties()));
    },
    async delete({ name }, id, outputs) {
      onCall("delete", id, outputs);
      const request = new m.DeleteRequest().setUrn(urnOf(name)).setId(id).setProperties(toStruct(outputs));
      await call("delete", request);
    },
    cancel: () => call("cancel", new pulumi.Empty()),
  };
}

const urnOf = (name: string): string =>
  `urn:pulumi:dev::project::tencentcloud-redis:index:RedisInstancePassword::${name}`;

/**
 * Returns properties as the engine passes them back.
 *
 * @throws Error for a fingerprint that would be recorded unencrypted
 */
function unmarked(answer: Properties): Properties {
  if (Object.values(answer).some(isFingerprint)) throw new Error("a fingerprint is not marked as a secret");
  return withoutMarks(answer);
}

/** @throws Error if the detailed diff contradicts the rest */
function toDifference(reply: messages.DiffResponse, { DiffResponse, PropertyDiff }: typeof messages) {
  const replaces = reply.getReplacesList();
  const kinds: string[] = [];
  reply.getDetaileddiffMap().forEach((change, path) => {
    const isReplacement = [
      PropertyDiff.Kind.ADD_REPLACE,
      PropertyDiff.Kind.DELETE_REPLACE,
      PropertyDiff.Kind.UPDATE_REPLACE,
    ].includes(change.getKind());
    if (isReplacement !== replaces.includes(path)) throw new Error(`the diff of ${path} contradicts itself`);
    kinds.push(path);
  });
  const changes = reply.getChanges() === DiffResponse.DiffChanges.DIFF_SOME;
  if (changes !== kinds.length > 0) throw new Error("the diff has no details, or details of no difference");
  return { changes, replaces };
}

/** Returns the failure that the engine records. */
function toFailure(error: ServiceError): Error {
  const { message, initFailure } = ProviderError.of(error);
  const recorded = initFailure && { ...initFailure, properties: unmarked(initFailure.properties) };
  return Object.assign(new Error(message), recorded);
}
