import type { sendUnaryData, ServerUnaryCall } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { type LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

import { requireOfPulumi } from "./requireOfPulumi";

const grpc = requireOfPulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
const { Empty } = requireOfPulumi(
  "google-protobuf/google/protobuf/empty_pb",
) as typeof import("google-protobuf/google/protobuf/empty_pb");

/** A line that a plugin has shown. */
export interface LoggedLine {
  readonly severity: "info" | "warning" | undefined;
  readonly urn: string;
  readonly message: string;
}

/** An engine, as far as a plugin calls it: it records log lines. */
export class EngineStub {
  static async start(): Promise<EngineStub> {
    const server = new grpc.Server();
    const lines: LoggedLine[] = [];
    server.addService(EngineService, {
      log({ request }: ServerUnaryCall<LogRequest, unknown>, callback: sendUnaryData<unknown>) {
        const severity = ({ [LogSeverity.INFO]: "info", [LogSeverity.WARNING]: "warning" } as const)[
          request.getSeverity() as number
        ];
        lines.push({ severity, urn: request.getUrn(), message: request.getMessage() });
        callback(null, new Empty());
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      );
    });
    return new EngineStub(server, `127.0.0.1:${port}`, lines);
  }

  private constructor(
    private readonly server: InstanceType<typeof grpc.Server>,
    readonly address: string,
    private readonly lines: LoggedLine[],
  ) {}

  /** Returns all lines since the last call. */
  takeLines(): LoggedLine[] {
    return this.lines.splice(0);
  }

  /** Stops listening, as if killed. */
  stop(): void {
    this.server.forceShutdown();
  }
}
