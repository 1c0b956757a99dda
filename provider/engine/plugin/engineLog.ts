import type { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";

import type { Pulumi } from "./pulumi";

/** The engine's log: the standard output of a plugin is hidden from users. */
export class EngineLog {
  private client: EngineClient | undefined;
  private address = "";
  private written: Promise<void> = Promise.resolve();

  constructor(private readonly pulumi: Pulumi) {}

  /** Sends what is logged from now on to the engine that listens there. */
  attach(address: string): void {
    if (address === "" || address === this.address) return;
    const { EngineClient, grpc } = this.pulumi;
    this.client?.close();
    this.address = address;
    this.client = new EngineClient(address, grpc.credentials.createInsecure());
  }

  /** Shows a line under the resource that has this URN. Lines arrive in their order. */
  write(severity: "info" | "warning", urn: string, line: string): void {
    const { LogRequest, LogSeverity, grpc } = this.pulumi;
    const request = new LogRequest().setUrn(urn).setMessage(line);
    request.setSeverity(severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING);
    this.written = this.written.then(
      () =>
        new Promise((resolve) => {
          // A line that cannot be shown must not end what it is about.
          if (!this.client) resolve();
          else this.client.log(request, new grpc.Metadata(), { deadline: Date.now() + longestMs }, () => resolve());
        }),
    );
  }

  /** Waits until all lines have arrived: the engine shows none after the end of a step. */
  async flush(): Promise<void> {
    await this.written;
  }
}

/** The engine listens on this machine. */
const longestMs = 5_000;
