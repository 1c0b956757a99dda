import { fromCvmRole, fromRequestedCvmRole } from "../../../../provider/tencentcloud/credentials/fromCvmRole";
import { TransportError } from "../../../../provider/tencentcloud/errors/errors";
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
  ["the machine has", listRole(roleKey()), { ...credentials, expiresAt }],
  ["it has first", listRole(roleKey(), "theRole\nanother\n"), { ...credentials, expiresAt }],
  ["does not tell its end", listRole(roleKey({ ExpiredTime: undefined })), credentials],
  ["has no end", listRole(roleKey({ ExpiredTime: null })), credentials],
  ["is listed in a line of its own", listRole(roleKey(), "\r\ntheRole\r\n"), { ...credentials, expiresAt }],
  [
    "is listed first, in lines as Windows has them",
    listRole(roleKey(), "theRole\r\nanother"),
    { ...credentials, expiresAt },
  ],
])("the credentials are those of the role that %s", async (_, respond, expected) => {
  metadata.respond = respond;
  expect(withoutSource(await find())).toStrictEqual({ credentials: expected });
  expect(metadata.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET ${rolesPath}`,
    `GET ${rolesPath}theRole`,
  ]);
});

it("a role that was asked for stays one part of an address", async () => {
  metadata.respond = listRole(roleKey());
  expect(withoutSource(await findRequested("../a role"))).toStrictEqual({ credentials: { ...credentials, expiresAt } });
  expect(metadata.received.at(-1)?.path).toBe(`${rolesPath}..%2Fa%20role`);
});

it("every character that a role's name may have is taken", async () => {
  metadata.respond = listRole(roleKey(), "Ab_1+=,.@-");
  await find();
  expect(metadata.received.at(-1)?.path).toBe(`${rolesPath}Ab_1%2B%3D%2C.%40-`);
});

it("a service that answers only at the third time is taken", async () => {
  metadata.respond = listRole(roleKey());
  const late = new TransportError("the metadata service", "lost", "no answer in time (x)");
  transport.mockRejectedValueOnce(late).mockRejectedValueOnce(late);
  expect(withoutSource(await find())).toStrictEqual({ credentials: { ...credentials, expiresAt } });
});

describe("there is none where the metadata service", () => {
  it("has no such thing", async () => {
    metadata.respond = page("Not found", 404);
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
  });

  it("is not there, which is not tried twice", async () => {
    expect(await fromCvmRole(contextAt(closedUrl.href))).toStrictEqual({
      missing: "no metadata service answers",
    });
    expect(transport).toHaveBeenCalledTimes(1);
    expect(pauses).toEqual([]);
  });

  it("does not answer any of three times within a second", async () => {
    silence();
    expect(await find()).toStrictEqual({ missing: "no metadata service answers" });
    expect(transport.mock.calls.map(([, { timeoutMs }]) => timeoutMs)).toEqual([1000, 1000, 1000]);
    expect(pauses).toEqual([200, 400]);
  });

  it.each<[string, Respond]>([
    ["had no such thing", page("Not found", 404)],
    ["had listed no role", page("")],
  ])("is silent, and %s before", async (_, before) => {
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

describe("a role that was asked for, by its name or not, is an error where the metadata service", () => {
  it.each<[string | undefined, string]>([
    ["theRole", "CVM role theRole"],
    [undefined, "CVM role"],
  ])("is not there, which is tried three times: %s", async (name, where) => {
    const find = () => fromRequestedCvmRole(name, contextAt(closedUrl.href));
    await expectBroken(find, `${where}: no metadata service answers`);
    expect(transport).toHaveBeenCalledTimes(3);
    expect(pauses).toEqual([200, 400]);
  });

  it.each<[string, string | undefined, Respond, string]>([
    ["knows no such role", "gone", listRole(page("", 404)), "CVM role gone: the metadata service knows no such role"],
    ["has no roles", "gone", page("Not found", 404), "CVM role gone: this machine has no role"],
    ["lists no role", undefined, page(""), "CVM role: this machine has no role"],
  ])("%s", async (_, name, respond, message) => {
    metadata.respond = respond;
    await expectBroken(() => findRequested(name), message);
  });
});

it.each(["metadata", "ftp://127.0.0.1", "nohttp://127.0.0.1", "http://"])(
  "it is broken where the service's address is none: %s",
  async (address) => {
    await expectBroken(
      () => fromCvmRole(credentialContext({ environment: { TENCENTCLOUD_METADATA_ENDPOINT: address } })),
      "CVM role: TENCENTCLOUD_METADATA_ENDPOINT must be a valid http URL",
    );
  },
);

it("the service's address is the documented one where the environment names none", async () => {
  transport.mockRejectedValue(new Error("Nobody is there."));
  await fromCvmRole({ ...contextAt(), environment: () => undefined }).catch(() => undefined);
  expect(transport.mock.calls.map(([, { url }]) => url.href)).toEqual([`http://metadata.tencentyun.com${rolesPath}`]);
});

it("the service is asked directly, never through a proxy, which is on another machine", async () => {
  const proxy = await startConnectProxy(1, () => 502);
  const before = { ...process.env };
  process.env = { ...before, HTTP_PROXY: proxy.url.href, NO_PROXY: "", no_proxy: "" };
  const found = await fromCvmRole(contextAt("http://metadata.invalid"));
  process.env = before;
  await proxy.stop();
  expect(found).toStrictEqual({ missing: "no metadata service answers" });
  expect(proxy.asked).toEqual([]);
});
