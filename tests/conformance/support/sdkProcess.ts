import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { within } from "../../protocol/support/patience";

/** A call of an SDK, and how its client is configured. */
export interface SdkRequest extends ClientKind {
  readonly service: "redis" | "sts";
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The host and the port, in the format of the SDKs. */
  readonly endpoint: string;
  readonly region: string;
  readonly credential: SdkCredential;
  /** The language of error messages. */
  readonly language: "en-US" | "zh-CN";
}

/** The ways in which an SDK can send the same call. */
export interface ClientKind {
  readonly method: "POST" | "GET";
  readonly signMethod: "TC3-HMAC-SHA256" | "HmacSHA256" | "HmacSHA1";
  /** Whether to leave the body out of the signature, if the SDK supports that. */
  readonly unsignedPayload?: true;
}

export interface SdkCredential {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** The outcome of a call: a response, or the error that the SDK has thrown. */
export interface Outcome {
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly error?: {
    /** The name of its class. */
    readonly type: string;
    readonly code: string;
    readonly requestId: string;
    readonly message: string;
  };
}

/**
 * A script with an SDK, in a separate process: each line of its input is a request, and each line of its output an
 * outcome.
 */
export class SdkProcess {
  private readonly process: ChildProcess & { stdin: NodeJS.WritableStream };
  private readonly waiting: ((line: string) => void)[] = [];
  private readonly ended: Promise<unknown>;

  constructor(command: string, args: readonly string[]) {
    // Without a proxy or credentials of the tests' own process.
    const env = { PATH: process.env.PATH };
    const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"] });
    this.process = child;
    this.ended = once(child, "close");
    createInterface({ input: child.stdout }).on("line", (line) => this.waiting.shift()?.(line));
  }

  /** Outcomes arrive in the order of the requests. */
  async send(request: SdkRequest): Promise<Outcome> {
    const line = new Promise<string>((resolve) => this.waiting.push(resolve));
    this.process.stdin.write(`${JSON.stringify(request)}\n`);
    const gone = this.ended.then(() => Promise.reject(new Error("the SDK's process has ended")));
    return JSON.parse(await within(Promise.race([line, gone]), `the outcome of ${request.action}`)) as Outcome;
  }

  /** The script ends with its input. */
  async stop(): Promise<void> {
    this.process.stdin.end();
    await within(this.ended, "the end of the SDK's process").finally(() => this.process.kill());
  }
}
