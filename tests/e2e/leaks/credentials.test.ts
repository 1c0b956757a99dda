import { randomSecretKey, randomToken } from "../support/canaries";
import { program } from "../support/fixture";
import { type Scenario, expectSent, huntThrough, upToAnother } from "../support/scenario";

const role = "qcs::cam::uin/100000000001:roleName/rotation";
const token = randomToken();
const temporary = { secretId: "AKIDtemporary", secretKey: randomSecretKey(), token };
const noKey = { TENCENTCLOUD_SECRET_ID: "", TENCENTCLOUD_SECRET_KEY: "" };

const scenarios: Readonly<Record<string, Scenario>> = {
  "a temporary key of the environment, its token right and wrong": {
    cloud: { temporaryKeys: [{ ...temporary, expiresAt: new Date(Date.now() + 3_600_000) }] },
    async play(hunt) {
      const key = {
        TENCENTCLOUD_SECRET_ID: temporary.secretId,
        TENCENTCLOUD_SECRET_KEY: hunt.add("temporary key", temporary.secretKey),
      };
      await upToAnother(hunt, undefined, { ...key, TENCENTCLOUD_TOKEN: hunt.add("token", token) });
      const wrong = hunt.add("wrong token", randomToken());
      await upToAnother(hunt, /TokenFailure/, { ...key, TENCENTCLOUD_TOKEN: wrong });
      await upToAnother(hunt, /holds white space/, { ...key, TENCENTCLOUD_TOKEN: `${wrong}\n${token}` });
    },
  },

  "a role, assumed and refused": {
    cloud: { roles: [role] },
    async play(hunt) {
      await upToAnother(hunt, undefined, { TENCENTCLOUD_ASSUME_ROLE_ARN: role });
      expect(hunt.canaries.filter(({ name }) => name.includes("of STS"))).toHaveLength(2);
      await upToAnother(hunt, /could not be assumed/, { TENCENTCLOUD_ASSUME_ROLE_ARN: `${role}2` });
    },
  },

  "profiles, whole and broken": {
    async play(hunt) {
      const { secretId, secretKey } = hunt.fixture.cloud;
      const text = JSON.stringify({ secretId, secretKey });
      hunt.writeOfTheUser(".tccli/default.credential", text);
      await upToAnother(hunt, undefined, noKey);
      expectSent(hunt);
      hunt.writeOfTheUser(".tccli/default.credential", text.slice(0, -1));
      await upToAnother(hunt, /is not valid JSON/, noKey);
      hunt.writeOfTheUser(".tccli/default.credential", JSON.stringify({ secretId, secretKey: { secretKey } }));
      await upToAnother(hunt, /secretKey must be a string/, noKey);

      const keys = `secret_id = ${secretId}\nsecret_key = ${secretKey}\n`;
      const file = hunt.writeOfTheUser(".tencentcloud/credentials", `[default]\n${keys}`);
      const environment = { ...noKey, TENCENTCLOUD_CREDENTIALS_FILE: file };
      await upToAnother(hunt, undefined, environment);
      expectSent(hunt);
      hunt.writeOfTheUser(".tencentcloud/credentials", keys);
      await upToAnother(hunt, /has no section/, environment);
    },
  },

  "a web identity, accepted and refused": {
    cloud: { webIdentityToken: token },
    async play(hunt) {
      const environment = (file: string) => ({
        ...noKey,
        TKE_REGION: "ap-guangzhou",
        TKE_PROVIDER_ID: "ci",
        TKE_WEB_IDENTITY_TOKEN_FILE: file,
        TKE_ROLE_ARN: role,
      });
      const right = hunt.writeOfTheUser("token", hunt.add("web identity", token));
      await upToAnother(hunt, undefined, environment(right));
      const wrong = hunt.writeOfTheUser("wrong-token", hunt.add("wrong web identity", randomToken()));
      await upToAnother(hunt, /could not be assumed/, environment(wrong));
    },
  },

  "the role of a virtual machine": {
    cloud: { cvmRole: "rotation" },
    async play(hunt) {
      await upToAnother(hunt, undefined, { ...noKey, TENCENTCLOUD_METADATA_ENDPOINT: hunt.gate.endpoint });
      expect(hunt.canaries.filter(({ name }) => name.includes("of STS"))).toHaveLength(2);
    },
  },

  "a password of a proxy, and one in an endpoint": {
    source: program({ timeoutSeconds: 2 }),
    async play(hunt) {
      const secret = hunt.add("password of the proxy", randomToken());
      const through = (proxy: string) => ({ TENCENTCLOUD_REDIS_ENDPOINT: "https://192.0.2.1", HTTPS_PROXY: proxy });
      const { host } = new URL(hunt.gate.endpoint);
      await upToAnother(hunt, /was not sent/, through(`http://user:${secret}@127.0.0.1:9`));
      await upToAnother(hunt, /was not sent/, through(`http://user:${secret}@${host}`));
      await upToAnother(hunt, /must give the address of a proxy/, through(`ftp://user:${secret}@${host}`));
      const endpoint = { TENCENTCLOUD_REDIS_ENDPOINT: `https://user:${secret}@${host}` };
      await upToAnother(hunt, /must give a scheme, a host and a port, nothing else/, endpoint);
    },
  },
};

describe("no secret is found anywhere after an up with", () => {
  huntThrough(scenarios);
});
