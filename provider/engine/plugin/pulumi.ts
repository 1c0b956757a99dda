import { createRequire } from "node:module";

import type * as grpc from "@grpc/grpc-js";
import type * as engineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as engine from "@pulumi/pulumi/proto/engine_pb";
import type * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import type * as providerService from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as provider from "@pulumi/pulumi/proto/provider_pb";
import type * as status from "@pulumi/pulumi/proto/status_pb";
import type * as any from "google-protobuf/google/protobuf/any_pb";
import type * as empty from "google-protobuf/google/protobuf/empty_pb";
import type * as struct from "google-protobuf/google/protobuf/struct_pb";

/** The modules of the wire protocol that the plugin loads, by name. The bundle contains them and their dependencies. */
export const protocolModules = {
  providerService: "@pulumi/pulumi/proto/provider_grpc_pb",
  provider: "@pulumi/pulumi/proto/provider_pb",
  engineService: "@pulumi/pulumi/proto/engine_grpc_pb",
  engine: "@pulumi/pulumi/proto/engine_pb",
  plugin: "@pulumi/pulumi/proto/plugin_pb",
  status: "@pulumi/pulumi/proto/status_pb",
  any: "google-protobuf/google/protobuf/any_pb",
  empty: "google-protobuf/google/protobuf/empty_pb",
  struct: "google-protobuf/google/protobuf/struct_pb",
} as const;

/** The parts of `@pulumi/pulumi` that implement its wire protocol. */
export type Pulumi = ReturnType<typeof loadPulumi>;

/**
 * Loads the wire protocol from the package `@pulumi/pulumi`. gRPC and protobuf are its dependencies, which pnpm hides
 * from all other packages, and its messages work only with its own copies of them.
 */
export function loadPulumi() {
  const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { ResourceProviderService } = load(protocolModules.providerService) as typeof providerService;
  const { EngineClient } = load(protocolModules.engineService) as typeof engineService;
  const { LogRequest, LogSeverity } = load(protocolModules.engine) as typeof engine;
  const { PluginInfo } = load(protocolModules.plugin) as typeof plugin;
  const { Status } = load(protocolModules.status) as typeof status;
  const { Any } = load(protocolModules.any) as typeof any;
  const { Empty } = load(protocolModules.empty) as typeof empty;
  const { Struct } = load(protocolModules.struct) as typeof struct;
  return {
    grpc: load("@grpc/grpc-js") as typeof grpc,
    messages: load(protocolModules.provider) as typeof provider,
    ResourceProviderService,
    EngineClient,
    LogRequest,
    LogSeverity,
    PluginInfo,
    Status,
    Any,
    Empty,
    Struct,
  };
}
