import type { ClientTarget } from "../../../../provider/resource/session/session";
import { key, ownHost, role, useSettings, user } from "../../support/settings";
import { useTemporaryHome } from "../../support/temporaryHome";

const { set, send, session, answerTemporaryKey, hosts } = useSettings();

it("the next run uses a changed key", async () => {
  set(key, {});
  await send();
  set({ ...key, TENCENTCLOUD_SECRET_ID: "renewedId" }, {});
  expect((await send()).secretId).toBe("renewedId");
});

describe("resources that use the same credentials", () => {
  const home = useTemporaryHome();

  beforeEach(answerTemporaryKey);

  it("fetch temporary ones once, for any number of resources", async () => {
    set(role, {});
    const sent = await Promise.all(Array.from({ length: 10 }, () => send()));
    expect(sent).toEqual(sent.map(() => ({ url: ownHost, secretId: "temporaryId", token: "t" })));
    expect(hosts().filter((host) => host === "sts.tencentcloudapi.com")).toHaveLength(1);
  });

  it.each<[string, Partial<ClientTarget>, number]>([
    ["share temporary ones with resources in another region", { region: "ap-shanghai" }, 1],
    ["do not share temporary ones with resources in a finance region", { region: "ap-shanghai-fsi" }, 2],
    ["do not share temporary ones with resources of another profile", { profile: "other" }, 2],
  ])("%s", async (_, changes, expected) => {
    home.write("other.credential", '{"secretId":"otherId","secretKey":"k"}');
    set({ ...role, TENCENTCLOUD_SHARED_CREDENTIALS_DIR: home.at() }, {});
    await send();
    await send(changes);
    expect(hosts().filter((host) => host.startsWith("sts."))).toHaveLength(expected);
  });
});

describe("resources share a task reader", () => {
  it("in the same region, with the same credentials", () => {
    expect(session().taskReaderFor({ ...user, instanceId: "crs-another1" })).toBe(session().taskReaderFor(user));
  });

  it.each<Partial<ClientTarget>>([{ region: "ap-shanghai" }, { profile: "other" }])("but not for %j", (changes) => {
    expect(session().taskReaderFor({ ...user, ...changes })).not.toBe(session().taskReaderFor(user));
  });

  it("but not under another config, which may hold another key", () => {
    const earlier = session().taskReaderFor(user);
    session().configure(() => undefined);
    expect(session().taskReaderFor(user)).not.toBe(earlier);
  });
});
