import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { within } from "../../protocol/support/patience";

/** One call of an SDK, and how its client is to be set up. */
export interface SdkRequest extends ClientKind {
  readonly service: "redis" | "sts";
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Host and port, which is how the SDKs want it. */
  readonly endpoint: string;
  readonly region: string;
  readonly credential: SdkCredential;
  /** Of the errors' messages. */
  readonly language: "en-US" | "zh-CN";
}

/** In what ways an SDK can send the same call. */
export interface ClientKind {
  readonly method: "POST" | "GET";
  readonly signMethod: "TC3-HMAC-SHA256" | "HmacSHA256" | "HmacSHA1";
  /** The body is left out of the signature, where the SDK can do that. */
  readonly unsignedPayload?: true;
}

export interface SdkCredential {
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
}

/** What came of a call: an answer, or what the SDK has thrown. */
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

/** A script with an SDK in it, in a separate process: a request is a line of its input, an outcome one of its output. */
export class SdkProcess {
  private readonly process: ChildProcess & { stdin: NodeJS.WritableStream };
  private readonly waiting: ((line: string) => void)[] = [];
  private readonly ended: Promise<unknown>;

  constructor(command: string, args: readonly string[]) {
    // Neither a proxy nor credentials of the tests' own process.
    const env = { PATH: process.env.PATH };
    const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "inherit"] });
    this.process = child;
    this.ended = once(child, "close");
    createInterface({ input: child.stdout }).on("line", (line) => this.waiting.shift()?.(line));
  }

  /** The outcomes come in the order of the requests. */
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
