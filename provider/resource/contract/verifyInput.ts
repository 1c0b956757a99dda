import { X509Certificate } from "node:crypto";
import { isIPv6 } from "node:net";

import { z } from "zod";

/** Where the password is tried: the value of the input `verify`. */
export type Address = z.infer<typeof verifyInput>;

const colonRule = "must be a host name or an address, without a port: set verify.port";
const hostRule = "must be a host name or an address, nothing else";

/**
 * Returns the schema of a string with a rule.
 *
 * @param problem returns what is wrong with a value, or undefined
 */
const text = (typeRule: string, problem: (value: string) => string | undefined) =>
  z.string(typeRule).superRefine((value, context) => {
    const message = problem(value);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

const host = text("must be given, as a host name or an address", hostProblem);

function hostProblem(value: string): string | undefined {
  if (value === "") return "is empty";
  const bracketed = /^\[(.*)\]$/.exec(value)?.[1];
  if (isIPv6(bracketed ?? value) || /^[\p{L}\p{N}._-]+$/u.test(value)) return undefined;
  return /^(\[[^\]]*\]|[^\s:/@]+):\d*$/.test(value) ? colonRule : hostRule;
}

const portRule = "must be a whole number from 1 to 65535";

const ca = text("must be a string, certificates in PEM format", caProblem);

/** OpenSSL ignores what it does not understand, so it is rejected here. */
function caProblem(value: string): string | undefined {
  if (value.trim() === "") return "is empty";
  // The state holds this input in plain text.
  if (value.includes("PRIVATE KEY-----")) return "must hold certificates only, no private key";
  const found = value.matchAll(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs);
  const certificates = [...found].map(([certificate]) => certificate);
  const isPem = certificates.length > 0 && certificates.every(isCertificate);
  return isPem ? undefined : "must be the text of certificates in PEM format, not the path of a file";
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

const servername = text("must be a string, the name in the server's certificate", (value) => {
  const problem = hostProblem(value);
  return problem === colonRule ? hostRule : problem;
});

/** The rules of the input `verify`. */
export const verifyInput = z
  .strictObject(
    {
      host,
      port: z.int(portRule).min(1, portRule).max(65_535, portRule),
      tls: z.boolean("must be true or false").nullish(),
      ca: ca.nullish(),
      servername: servername.nullish(),
    },
    "must be { host, port, tls?, ca?, servername? }",
  )
  .superRefine((value, context) => {
    // Without TLS these inputs would be ignored, and the password would be sent unencrypted.
    for (const field of ["ca", "servername"] as const) {
      if (value[field] != null && value.tls !== true) {
        context.addIssue({ code: "custom", path: [field], message: "needs tls: true" });
      }
    }
  });
