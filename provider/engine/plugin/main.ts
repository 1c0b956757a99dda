#!/usr/bin/env node
/** The executable of the provider plugin, which Pulumi's engine starts for a program in any of its languages. */
import { cancelableWorld } from "../../resource/session/cancelableWorld";
import { Session } from "../../resource/session/session";
import { exitWithEngine, findEngineAddress } from "../shared/exitWithEngine";
import { createMethods } from "./createMethods";
import { createService } from "./createService";
import { EngineLog } from "./engineLog";
import { loadPulumi } from "./pulumi";

function main(args: readonly string[]): void {
  const pulumi = loadPulumi();
  const { grpc, ResourceProviderService } = pulumi;
  const address = findEngineAddress(args);
  const log = new EngineLog(pulumi);
  // Without an address, a user has started the plugin by hand, for engines to attach to.
  if (address !== undefined) {
    log.attach(address);
    exitWithEngine(address);
  }
  const startRun = () => {
    const { world, cancel } = cancelableWorld();
    return { methods: createMethods(new Session(world), (...line) => log.write(...line)), cancel };
  };
  const server = new grpc.Server();
  server.addService(ResourceProviderService, createService(pulumi, startRun, log));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    // The engine reads the port from the first line of output.
    console.log(port);
  });
}

main(process.argv.slice(2));
