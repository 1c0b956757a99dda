import { createHandlers } from "../../../provider/engine/createHandlers";
import type { Session } from "../../../provider/resource/session/session";
import type { Properties } from "../../protocol/support/struct";
import { type OnCall, type ProviderMethods, received } from "./providerMethods";

/** A value that the engine passes to the handlers without a type. */
type Handed = never;

/** Does the same around the handlers as `cmd/dynamic-provider/index.js` of `@pulumi/pulumi`. */
export function classMethods(session: Session, print: (line: string) => void, onCall: OnCall): ProviderMethods {
  const handlers = createHandlers(session, print);
  return {
    async check(_, olds, news) {
      onCall("check", olds, news);
      const result = await Promise.resolve(handlers.check(sent(olds), sent(news)));
      const inputs = { ...(result.inputs as Properties), __provider: news.__provider };
      return { inputs: received(inputs), failures: result.failures ?? [] };
    },
    async diff(_, id, olds, news) {
      onCall("diff", id, olds, news);
      const { changes = false, replaces = [] } = await Promise.resolve(handlers.diff(id, sent(olds), sent(news)));
      return { changes, replaces };
    },
    async create(_, inputs) {
      onCall("create", inputs);
      const result = await handlers.create(sent(inputs));
      const outputs = { ...(result.outs as Properties), __provider: inputs.__provider };
      return { id: result.id, outputs: received(outputs) };
    },
    async read(_, id, outputs) {
      onCall("read", id, outputs);
      const result = await handlers.read(id, sent(outputs));
      const props = received({ ...(result.props as Properties | undefined), __provider: outputs.__provider });
      const inputs = result.inputs as Properties | undefined;
      return { id: result.id ?? "", outputs: props, ...(inputs && { inputs: received(inputs) }) };
    },
    async update(_, id, olds, news) {
      onCall("update", id, olds, news);
      const result = await handlers.update(id, sent(olds), sent(news));
      return received({ ...(result.outs as Properties | undefined), __provider: news.__provider });
    },
    async delete(_, id, outputs) {
      onCall("delete", id, outputs);
      await Promise.resolve().then(() => handlers.delete(id, sent(outputs)));
    },
  };
}

const sent = (properties: Properties): Handed => received(properties) as Handed;
