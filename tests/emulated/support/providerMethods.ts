import { createHandlers } from "../../../provider/engine/createHandlers";
import type { Session } from "../../../provider/resource/session";
import { type Properties, fromStruct, toStruct } from "../../protocol/support/struct";

/** The methods of a provider, as the engine calls them: over a wire on which everything travels as a struct. */
export interface ProviderMethods {
  readonly check: (olds: Properties, news: Properties) => Promise<Checked>;
  readonly diff: (id: string, olds: Properties, news: Properties) => Promise<Difference>;
  readonly create: (inputs: Properties) => Promise<{ id: string; outputs: Properties }>;
  /** An empty id means that it is gone. */
  readonly read: (id: string, outputs: Properties) => Promise<{ id: string; outputs: Properties; inputs?: Properties }>;
  readonly update: (id: string, olds: Properties, news: Properties) => Promise<Properties>;
  readonly delete: (id: string, outputs: Properties) => Promise<void>;
}

interface Checked {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

interface Difference {
  readonly changes: boolean;
  readonly replaces: readonly string[];
}

/** Something of the handlers that the engine would hand over without its type. */
type Handed = never;

/** The same as `cmd/dynamic-provider/index.js` of `@pulumi/pulumi` does around the handlers. */
export function providerMethods(
  session: Session,
  print: (line: string) => void,
  onCall: (method: string, ...args: readonly unknown[]) => void = () => undefined,
): ProviderMethods {
  const handlers = createHandlers(session, print);
  return {
    async check(olds, news) {
      onCall("check", olds, news);
      const result = await Promise.resolve(handlers.check(sent(olds), sent(news)));
      const inputs = { ...(result.inputs as Properties), __provider: news.__provider };
      return { inputs: received(inputs), failures: result.failures ?? [] };
    },
    async diff(id, olds, news) {
      onCall("diff", id, olds, news);
      const { changes = false, replaces = [] } = await Promise.resolve(handlers.diff(id, sent(olds), sent(news)));
      return { changes, replaces };
    },
    async create(inputs) {
      onCall("create", inputs);
      const result = await handlers.create(sent(inputs));
      const outputs = { ...(result.outs as Properties), __provider: inputs.__provider };
      return { id: result.id, outputs: received(outputs) };
    },
    async read(id, outputs) {
      onCall("read", id, outputs);
      const result = await handlers.read(id, sent(outputs));
      const props = received({ ...(result.props as Properties | undefined), __provider: outputs.__provider });
      const inputs = result.inputs as Properties | undefined;
      return { id: result.id ?? "", outputs: props, ...(inputs && { inputs: received(inputs) }) };
    },
    async update(id, olds, news) {
      onCall("update", id, olds, news);
      const result = await handlers.update(id, sent(olds), sent(news));
      return received({ ...(result.outs as Properties | undefined), __provider: news.__provider });
    },
    async delete(id, outputs) {
      onCall("delete", id, outputs);
      await Promise.resolve().then(() => handlers.delete(id, sent(outputs)));
    },
  };
}

/** @throws Error for undefined, or what else has no place in a struct */
export const received = (properties: Properties): Properties => fromStruct(toStruct(properties));

const sent = (properties: Properties): Handed => received(properties) as Handed;
