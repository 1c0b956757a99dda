import { expectBroken } from "../../support/expectBroken";
import { type Respond, loseAnswer } from "../../support/httpServer";
import { listRole, page, roleKey, useMetadataService } from "../../support/metadataService";

const { metadata, find, silence } = useMetadataService();

describe("the source is broken, because a role may exist, if the metadata service", () => {
  it.each<[string, Respond, string]>([
    ["returns HTTP status 500", page("", 500), "gave no usable answer: HTTP status 500 (HOST)"],
    ["returns HTTP status 503", page("", 503), "gave no usable answer: HTTP status 503 (HOST)"],
    ["returns HTTP status 403", page("", 403), "gave no usable answer: HTTP status 403 (HOST)"],
    ["closes the connection", loseAnswer, "gave no usable answer: other side closed (HOST)"],
    [
      "redirects",
      (response) => response.writeHead(302, { Location: "/" }).end(),
      "gave no usable answer: unexpected redirect (HOST)",
    ],
    ["returns an HTML page", page("<!DOCTYPE html>\n<p>theS3CRET</p>"), "lists no usable name of a role"],
    ["returns an HTML page after an empty line", page("\n<html>theS3CRET</html>"), "lists no usable name of a role"],
    ["returns a key", page('{"TmpSecretKey":"theS3CRETkey"}'), "lists no usable name of a role"],
    ["returns a path", page("../theS3CRET"), "lists no usable name of a role"],
    ["returns a very long line", page("S3CRET".repeat(50)), "lists no usable name of a role"],
  ])("%s", async (_, respond, reason) => {
    metadata.respond = respond;
    await expectBroken(find, `CVM role: the metadata service ${reason.replace("HOST", metadata.url.host)}`);
  });

  it.each<[string, Respond]>([
    ["returned HTTP status 503", page("", 503)],
    ["closed the connection", loseAnswer],
    ["listed a role", listRole(roleKey())],
  ])("no longer responds after it %s", async (_, before) => {
    metadata.respond = before;
    await Promise.allSettled([find()]);
    silence();
    const message = `CVM role: the metadata service gave no usable answer: timed out (${metadata.url.host})`;
    await expectBroken(find, message);
  });
});

it.each<[string, Respond, string]>([
  ["an HTML page", page("<html>theS3CRETkey</html>"), "the metadata service gave no usable answer"],
  ["truncated JSON", page('{"TmpSecretKey":"theS3CRETkey'), "the metadata service gave no usable answer"],
  ["an empty body", page(""), "the metadata service gave no usable answer"],
  ["null", page("null"), "the metadata service gave no usable answer"],
  ["a string", page('"theS3CRETkey"'), "the metadata service gave no usable answer"],
  ["a list", page('["theS3CRETkey"]'), "the metadata service gave no usable answer"],
  ["HTTP status 404", page("Not found", 404), "the metadata service knows no such role"],
  [
    "no response to the second request",
    loseAnswer,
    "the metadata service gave no usable answer: other side closed (HOST)",
  ],
  ["HTTP status 503", page("", 503), "the metadata service gave no usable answer: HTTP status 503 (HOST)"],
  ["HTTP status 403", page("", 403), "the metadata service gave no usable answer: HTTP status 403 (HOST)"],
  ["the code of a failure", roleKey({ Code: "Failed" }), 'the metadata service answers "Failed"'],
  ["no code", roleKey({ Code: undefined }), "the metadata service answers no code"],
  ["a code that is an object", roleKey({ Code: { of: "theS3CRETkey" } }), "the metadata service answers no code"],
  [
    "a token without a key",
    roleKey({ TmpSecretId: undefined, TmpSecretKey: "" }),
    "Token is set, TmpSecretId and TmpSecretKey are not",
  ],
  [
    "neither a key nor a token",
    roleKey({ TmpSecretId: undefined, TmpSecretKey: undefined, Token: undefined }),
    "TmpSecretId and TmpSecretKey are not set",
  ],
  ["no TmpSecretKey", roleKey({ TmpSecretKey: undefined }), "TmpSecretId and Token are set, TmpSecretKey is not"],
  ["no TmpSecretId", roleKey({ TmpSecretId: null }), "TmpSecretKey and Token are set, TmpSecretId is not"],
  ["a key that is a number", roleKey({ TmpSecretKey: 5 }), "TmpSecretKey must be a string"],
  ["a token that is a list", roleKey({ Token: ["theS3CRETtoken"] }), "Token must be a string"],
  ["no token", roleKey({ Token: undefined }), "Token is not set"],
  ["an empty token", roleKey({ Token: "" }), "Token is not set"],
  ["an expired key", roleKey({ ExpiredTime: 1_600_000_000 }), "the credentials have expired"],
  ["a key that expired in 1970", roleKey({ ExpiredTime: 0 }), "the credentials have expired"],
  ["an ExpiredTime that is a word", roleKey({ ExpiredTime: "S3CRET" }), "ExpiredTime is not a number"],
  ["an ExpiredTime that is a string of digits", roleKey({ ExpiredTime: "4000000000" }), "ExpiredTime is not a number"],
  ["an ExpiredTime that is a list", roleKey({ ExpiredTime: [4_000_000_000] }), "ExpiredTime is not a number"],
  [
    "a key with a space",
    roleKey({ TmpSecretKey: "theS3CRET key" }),
    "TmpSecretId, TmpSecretKey or Token holds white space or another character that no key has",
  ],
])("the source is broken if the metadata service returns %s", async (_, respond, reason) => {
  metadata.respond = listRole(respond);
  await expectBroken(find, `CVM role theRole: ${reason.replace("HOST", metadata.url.host)}`);
});
