import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { withoutMarks } from "../shared/marks";
import type { Properties } from "./methods";
import type { Pulumi } from "./pulumi";

/** @throws Error for undefined, or what else has no place on the wire */
export const toStruct = ({ Struct }: Pulumi, properties: Properties): Struct =>
  Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);

/** Returns plain values: an unknown one stays what stands for it. */
export const fromStruct = (properties: Struct | undefined): Properties =>
  withoutMarks(properties?.toJavaScript() ?? {});
