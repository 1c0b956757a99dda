import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { withoutMarks } from "../shared/marks";
import type { Properties } from "./methods";
import type { Pulumi } from "./pulumi";

/** @throws Error for undefined, or any other value that protobuf cannot represent */
export const toStruct = ({ Struct }: Pulumi, properties: Properties): Struct =>
  Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);

/** Returns plain values. An unknown value stays Pulumi's placeholder. */
export const fromStruct = (properties: Struct | undefined): Properties =>
  withoutMarks(properties?.toJavaScript() ?? {});
