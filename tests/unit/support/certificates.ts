import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** The file that holds `cert`. */
  readonly file: string;
}

/** Creates a certificate for these names, in openssl's format of `subjectAltName`, self-signed or signed by an issuer. */
export function makeCertificate(folder: string, name: string, names: string, issuer?: string): Certificate {
  const at = (ending: string): string => path.join(folder, `${name}.${ending}`);
  const options = [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"],
    ...["-subj", `/CN=${name}`, "-addext", `subjectAltName=${names}`, "-keyout", at("key"), "-out", at("cert")],
    ...(issuer === undefined
      ? []
      : ["-CA", path.join(folder, `${issuer}.cert`), "-CAkey", path.join(folder, `${issuer}.key`)]),
  ];
  execFileSync("openssl", options, { stdio: "pipe" });
  return { key: readFileSync(at("key"), "utf8"), cert: readFileSync(at("cert"), "utf8"), file: at("cert") };
}

/** Replaces a certificate by an expired one from the same issuer. */
export function expire(folder: string, name: string, issuer: string): Certificate {
  const at = (file: string, ending: string): string => path.join(folder, `${file}.${ending}`);
  const run = (...options: string[]) => execFileSync("openssl", options, { stdio: "pipe" });
  run(
    "x509",
    "-x509toreq",
    "-copy_extensions",
    "copyall",
    ...["-in", at(name, "cert"), "-signkey", at(name, "key")],
    "-out",
    at(name, "csr"),
  );
  run(
    "x509",
    "-req",
    "-copy_extensions",
    "copyall",
    "-days",
    "-1",
    ...["-in", at(name, "csr"), "-out", at(name, "cert")],
    "-CA",
    at(issuer, "cert"),
    "-CAkey",
    at(issuer, "key"),
  );
  return {
    key: readFileSync(at(name, "key"), "utf8"),
    cert: readFileSync(at(name, "cert"), "utf8"),
    file: at(name, "cert"),
  };
}
