import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";

import { requireOfPulumi } from "./requireOfPulumi";

const { Struct: struct } = requireOfPulumi(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof import("google-protobuf/google/protobuf/struct_pb");

/** Inputs or outputs as Pulumi and the provider exchange them. */
export type Properties = Readonly<Record<string, unknown>>;

export const toStruct = (properties: Properties): Struct =>
  struct.fromJavaScript(properties as Record<string, JavaScriptValue>);

export const fromStruct = (properties: Struct | undefined): Properties => properties?.toJavaScript() ?? {};

/** Pulumi's mark of a secret in its wire protocol. */
const mark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

/** A value that is marked as a secret. */
export const secret = (value: unknown): object => ({ ...mark, value });

/** Returns properties as the engine passes them to a dynamic provider, which does not accept secrets: without marks. */
export const withoutMarks = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, isMarked(value) ? value.value : value]));

const isMarked = (value: unknown): value is { value: unknown } =>
  typeof value === "object" && value !== null && Object.keys(mark).every((key) => key in value);
