#!/usr/bin/env node
// Loads the same modules as the plugin, and prints how it was started: tests the bundle without the plugin itself.
const { createRequire } = require("node:module");
const process = require("node:process");

require("undici");
const { z } = require("zod");

const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = load("@grpc/grpc-js");
const { ResourceProviderService } = load("@pulumi/pulumi/proto/provider_grpc_pb");
const { GetSchemaResponse } = load("@pulumi/pulumi/proto/provider_pb");
const { Struct } = load("google-protobuf/google/protobuf/struct_pb");

new grpc.Server().addService(ResourceProviderService, {});
Struct.deserializeBinary(Struct.fromJavaScript({ a: 1 }).serializeBinary());
new GetSchemaResponse().setSchema(z.string().parse("{}"));
process.stdout.write(`${["started with", ...process.argv.slice(2)].join(" ")}\n`);
