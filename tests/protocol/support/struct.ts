import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { requireOfPulumi } from "./requireOfPulumi";

const { Struct: struct } = requireOfPulumi(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof import("google-protobuf/google/protobuf/struct_pb");

/** Inputs or outputs, as they travel between Pulumi and the provider. */
export type Properties = Readonly<Record<string, unknown>>;

export const toStruct = (properties: Properties): Struct =>
  struct.fromJavaScript(properties as Record<string, JavaScriptValue>);

export const fromStruct = (properties: Struct | undefined): Properties => properties?.toJavaScript() ?? {};
