import { fromCvmRole, fromRequestedCvmRole } from "../../../../provider/tencentcloud/credentials/fromCvmRole";
import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
import { createHttpTransport } from "../../../../provider/tencentcloud/transport/http";
import { startConnectProxy } from "../../support/connectProxy";
import { credentialContext } from "../../support/credentialContext";
import { expectBroken } from "../../support/expectBroken";
import { type Respond, closedUrl } from "../../support/httpServer";
import { listRole, page, roleKey, rolesPath, useMetadataService } from "../../support/metadataService";
import { withoutSource } from "../../support/withoutSource";

const { metadata, transport, pauses, contextAt, find, findRequested, silence } = useMetadataService();

const credentials = { secretId: "temporaryId", secretKey: "theS3CRETkey", token: "theS3CRETtoken" };
const expiresAt = 4_000_000_000_000;

it.each<[string, Respond, object]>([
  ["is the only one", listRole(roleKey()), { ...credentials, expiresAt }],
  ["is listed first", listRole(roleKey(), "theRole\nanother\n"), { ...credentials, expiresAt }],
  ["comes without an ExpiredTime", listRole(roleKey({ ExpiredTime: undefined })), credentials],
  ["comes with a null ExpiredTime", listRole(roleKey({ ExpiredTime: null })), credentials],
  ["is listed between empty lines", listRole(roleKey(), "\r\ntheRole\r\n"), { ...credentials, expiresAt }],
  ["is listed first, with CRLF line ends", listRole(roleKey(), "theRole\r\nanother"), { ...credentials, expiresAt }],
])("the credentials are those of the role that %s", async (_, respond, expected) => {
  metadata.respond = respond;
  expect(withoutSource(await find())).toStrictEqual({ credentials: expected });
  expect(metadata.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${rolesPath}`,
    `GET ${rolesPath}theRole`,
  ]);
});

it("the name of a requested role is escaped in the URL", async () => {
  metadata.respond = listRole(roleKey());
  expect(withoutSource(await findRequested("../a role"))).toStrictEqual({ credentials: { ...credentials, expiresAt } });
  expect(metadata.received.at(-1)?.path).toBe(`${rolesPath}..%2Fa%20role`);
});

it("every valid character of a role's name is accepted", async () => {
  metadata.respond = listRole(roleKey(), "Ab_1+=,.@-");
  await find();
  expect(metadata.received.at(-1)?.path).toBe(`${rolesPath}Ab_1%2B%3D%2C.%40-`);
});

it("a service that responds to the third attempt is used", async () => {
  metadata.respond = listRole(roleKey());
  const late = new TransportError("the metadata service", "lost", "the reason", { isTimeout: true });
  transport.mockRejectedValueOnce(late).mockRejectedValueOnce(late);
  expect(withoutSource(await find())).toStrictEqual({ credentials: { ...credentials, expiresAt } });
});

describe("there is no role if the metadata service", () => {
  it("has no such page", async () => {
    metadata.respond = page("Not found", 404);
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
  });

  it("is unreachable, which is not retried", async () => {
    expect(await fromCvmRole(contextAt(closedUrl.href))).toStrictEqual({
      missing: "no metadata service answers",
    });
    expect(transport).toHaveBeenCalledTimes(1);
    expect(pauses).toEqual([]);
  });

  it("does not respond to three attempts within a second each", async () => {
    silence();
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
    expect(transport.mock.calls.map(([, { timeoutMs }]) => timeoutMs)).toEqual([1000, 1000, 1000]);
    expect(pauses).toEqual([200, 400]);
  });

  it.each<[string, Respond]>([
    ["returned HTTP status 404", page("Not found", 404)],
    ["listed no role", page("")],
  ])("no longer responds after it %s", async (_, before) => {
    metadata.respond = before;
    await find();
    silence();
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
  });

  it.each(["", "\n", "  \n"])("lists no role: %j", async (list) => {
    metadata.respond = page(list);
    expect(await find()).toStrictEqual({ missing: "this machine has no role" });
    expect(metadata.received).toHaveLength(1);
  });
});

describe("a role requested by name or without one is an error if the metadata service", () => {
  it.each<[string | undefined, string]>([
    ["theRole", "CVM role theRole"],
    [undefined, "CVM role"],
  ])("is unreachable, which is tried three times: %s", async (name, where) => {
    const find = () => fromRequestedCvmRole(name, contextAt(closedUrl.href));
    await expectBroken(find, `${where}: no metadata service answers`);
    expect(transport).toHaveBeenCalledTimes(3);
    expect(pauses).toEqual([200, 400]);
  });

  it.each<[string, string | undefined, Respond, string]>([
    ["knows no such role", "gone", listRole(page("", 404)), "CVM role gone: the metadata service knows no such role"],
    ["has no list of roles", "gone", page("Not found", 404), "CVM role gone: this machine has no role"],
    ["lists no role", undefined, page(""), "CVM role: this machine has no role"],
  ])("%s", async (_, name, respond, message) => {
    metadata.respond = respond;
    await expectBroken(() => findRequested(name), message);
  });
});

it.each(["metadata", "ftp://127.0.0.1", "nohttp://127.0.0.1", "http://"])(
  "the source is broken if the metadata endpoint is not a valid URL: %s",
  async (address) => {
    await expectBroken(
      () => fromCvmRole(credentialContext({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: address } })),
      "CVM role: TENCENTCLOUD_METADATA_ENDPOINT must be a valid http URL",
    );
  },
);

it("the endpoint defaults to the documented one", async () => {
  transport.mockRejectedValue(new Error("Nobody is there."));
  await fromCvmRole({ ...contextAt(), environment: () => undefined }).catch(() => undefined);
  expect(transport.mock.calls.map(([, { url }]) => url.href)).toEqual([`http://metadata.tencentyun.com${rolesPath}`]);
});

it("requests never use a proxy, which is on another machine", async () => {
  const proxy = await startConnectProxy(1, () => 502);
  transport.mockImplementation(createHttpTransport((name) => (name === "HTTP_PROXY" ? proxy.url.href : undefined)));
  const found = await fromCvmRole(contextAt("http://metadata.invalid"));
  await proxy.stop();
  expect(found).toStrictEqual({ missing: "no metadata service answers" });
  expect(proxy.asked).toEqual([]);
});
