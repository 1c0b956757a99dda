import { createDecipheriv, pbkdf2Sync } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { constants, gunzipSync } from "node:zlib";

import { passphrase } from "../../../tools/pulumiStack";

export interface Unpacked {
  readonly kind: "plain" | "gzip" | "encrypted log";
  readonly text: Buffer;
}

/** Returns the content of a file that is compressed, or encrypted like Pulumi's logs of its runs. */
export function unpacked(content: Buffer, logKey: () => Buffer): Unpacked {
  if (content.subarray(0, 2).equals(gzipMagic)) return { kind: "gzip", text: gunzip(content) };
  if (content.toString("latin1", 0, 4) === "PLOG")
    return { kind: "encrypted log", text: decryptLog(content, logKey()) };
  return { kind: "plain", text: content };
}

/**
 * Whether a line is one that Pulumi itself writes to its encrypted logs, as with `-v=9`: the inputs from a program, and
 * those that it passes to check, of every resource. No resource can keep its inputs out of them.
 */
export const isOfPulumi = (line: string): boolean => inputsOfPulumi.test(line);

const inputsOfPulumi =
  /"(?:Unm|M)arshaling property for RPC\[%s\]: %s=%v","pulumi\.log\.arg0":"(?:ResourceMonitor\.RegisterResource\(|Provider\[(?:tencentcloud-redis, )?0x[0-9a-f]+\]\.Check\([^"]*\.news")/;

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** Also accepts an incomplete file. */
const gunzip = (content: Buffer): Buffer => gunzipSync(content, { finishFlush: constants.Z_SYNC_FLUSH });

/** The keys of stacks, by folder: each takes some time to derive. */
export class LogKeys {
  private readonly known = new Map<string, Buffer>();

  of(folder: string): Buffer {
    const settings = readFileSync(path.join(folder, "Pulumi.test.yaml"), "utf8");
    const [, salt = ""] = /^encryptionsalt: v1:([^:]+):/m.exec(settings) ?? [];
    const key = this.known.get(salt) ?? pbkdf2Sync(passphrase, Buffer.from(salt, "base64"), 1_000_000, 32, "sha256");
    this.known.set(salt, key);
    return key;
  }
}

/** @see pkg/engine/encryptedlog/format.go of Pulumi */
function decryptLog(content: Buffer, stackKey: Buffer): Buffer {
  const headerEnd = 7 + content.readUInt16BE(5);
  const [, nonce = "", encrypted = ""] = content.toString("latin1", 7, headerEnd).split(":");
  const key = decrypt(stackKey, Buffer.from(nonce, "base64"), Buffer.from(encrypted, "base64"));
  const chunks: Buffer[] = [];
  for (let start = headerEnd; start < content.length;) {
    const end = start + 4 + content.readUInt32BE(start);
    chunks.push(gunzip(decrypt(key, content.subarray(start + 4, start + 16), content.subarray(start + 16, end))));
    start = end;
  }
  return Buffer.concat(chunks);
}

function decrypt(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
