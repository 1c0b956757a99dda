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

/** What `@pulumi/pulumi` brings for its wire protocol. */
export type Pulumi = ReturnType<typeof loadPulumi>;

/**
 * Loads the wire protocol from where `@pulumi/pulumi` is: gRPC and protobuf are its dependencies, which pnpm lets nobody
 * else see, and its messages work with its own copies only.
 */
export function loadPulumi() {
  const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { ResourceProviderService } = load("@pulumi/pulumi/proto/provider_grpc_pb") as typeof providerService;
  const { EngineClient } = load("@pulumi/pulumi/proto/engine_grpc_pb") as typeof engineService;
  const { LogRequest, LogSeverity } = load("@pulumi/pulumi/proto/engine_pb") as typeof engine;
  const { PluginInfo } = load("@pulumi/pulumi/proto/plugin_pb") as typeof plugin;
  const { Status } = load("@pulumi/pulumi/proto/status_pb") as typeof status;
  const { Any } = load("google-protobuf/google/protobuf/any_pb") as typeof any;
  const { Empty } = load("google-protobuf/google/protobuf/empty_pb") as typeof empty;
  const { Struct } = load("google-protobuf/google/protobuf/struct_pb") as typeof struct;
  return {
    grpc: load("@grpc/grpc-js") as typeof grpc,
    messages: load("@pulumi/pulumi/proto/provider_pb") as typeof provider,
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
