import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb";

import type { Pulumi } from "./pulumi";

/** The engine's log: the standard output of a plugin is hidden from users. */
export class EngineLog {
  private client: EngineClient | undefined;
  private address = "";
  private written: Promise<void> = Promise.resolve();

  constructor(private readonly pulumi: Pulumi) {}

  /** Sends all later lines to the engine at this address. */
  attach(address: string): void {
    if (address === "" || address === this.address) return;
    const { EngineClient, grpc } = this.pulumi;
    this.client?.close();
    this.address = address;
    this.client = new EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Shows a line under the resource that has this URN. Lines arrive in the order of the calls. */
  write(severity: "info" | "warning", urn: string, line: string): void {
    const { LogRequest, LogSeverity } = this.pulumi;
    const request = new LogRequest().setUrn(urn).setMessage(line);
    request.setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING);
    // A line that cannot be shown must not fail the operation.
    this.written = this.written.then(() => this.send(request)).catch(() => undefined);
  }

  /** Waits until all lines have arrived: the engine shows none after a step has ended. */
  async flush(): Promise<void> {
    await this.written;
  }

  private send(request: LogRequest): Promise<void> {
    const { client } = this;
    if (!client) return Promise.resolve();
    const options = { deadline: Date.now() + longestMs };
    return new Promise((resolve) => {
      client.log(request, new this.pulumi.grpc.Metadata(), options, () => resolve());
    });
  }
}

/** The engine runs on this machine, so a call that takes longer has failed. */
const longestMs = 5_000;
