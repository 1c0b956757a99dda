import { rememberCredentials, resolveCredentials } from "../../../../provider/tencentcloud/credentials";
import { systemClock } from "../../../../provider/tencentcloud/retry/clock";
import { deadlineIn } from "../../../../provider/tencentcloud/retry/deadline";
import { clockWith } from "../../support/clock";
import { type Values, credentialContext } from "../../support/credentialContext";
import { inspectError } from "../../support/failure";
import { type Respond, loseAnswer, useHttpServer } from "../../support/httpServer";
import { grantRole, refuseRole, useSts } from "../../support/sts";
import { useTemporaryHome } from "../../support/temporaryHome";

describe("sources of temporary credentials", () => {
  const home = useTemporaryHome();
  const sts = useSts();
  const metadata = useHttpServer();

  const roleArn = "qcs::cam::uin/1:roleName/r";
  const key = { secretId: "AKIDexample", secretKey: "theS3CRETkey" };
  const setups = {
    AssumeRole: () => ({
      TENCENTCLOUD_SECRET_ID: key.secretId,
      TENCENTCLOUD_SECRET_KEY: key.secretKey,
      TENCENTCLOUD_ASSUME_ROLE_ARN: roleArn,
    }),
    "AssumeRole of a profile": () => {
      home.write(".tccli/default.credential", JSON.stringify({ ...key, "role-arn": roleArn }));
      return {};
    },
    AssumeRoleWithWebIdentity: () => {
      home.write("token", "theS3CRETtoken");
      return {
        TKE_REGION: "ap-guangzhou",
        TKE_PROVIDER_ID: "tke-oidc",
        TKE_WEB_IDENTITY_TOKEN_FILE: home.at("token"),
        TKE_ROLE_ARN: roleArn,
      };
    },
    "the metadata service for the role": () => ({ TENCENTCLOUD_METADATA_ENDPOINT: metadata.url.href }),
    "the metadata service for its key": () => ({ TENCENTCLOUD_METADATA_ENDPOINT: metadata.url.href }),
  };

  const status503: Respond = (response) => response.writeHead(503).end();
  const throttle = refuseRole("RequestLimitExceeded", "Later.");
  const disorder = refuseRole("InternalError", "Oh.");

  const machineRole: Respond = (response, { path }) => {
    const answer = {
      Code: "Success",
      TmpSecretId: "temporaryId",
      TmpSecretKey: "theS3CRETkey",
      Token: "theS3CRETtoken",
    };
    response.end(path.endsWith("/") ? "theRole" : JSON.stringify(answer));
  };

  function failTwice(failure: Respond, succeed: Respond, pathEnd = "/"): Respond {
    let failures = 0;
    return (response, request) =>
      (request.path.endsWith(pathEnd) && ++failures <= 2 ? failure : succeed)(response, request);
  }

  it.each<[keyof typeof setups, string, Respond]>([
    ["AssumeRole", "throttling", throttle],
    ["AssumeRole", "an internal error", disorder],
    ["AssumeRole", "HTTP status 503", status503],
    ["AssumeRole", "a lost response", loseAnswer],
    ["AssumeRole of a profile", "HTTP status 503", status503],
    ["AssumeRoleWithWebIdentity", "throttling", throttle],
    ["AssumeRoleWithWebIdentity", "an internal error", disorder],
    ["AssumeRoleWithWebIdentity", "HTTP status 503", status503],
    ["AssumeRoleWithWebIdentity", "a lost response", loseAnswer],
    ["the metadata service for the role", "HTTP status 503", status503],
    ["the metadata service for the role", "a lost response", loseAnswer],
    ["the metadata service for its key", "HTTP status 503", status503],
    ["the metadata service for its key", "a lost response", loseAnswer],
  ])("a request to %s is retried after %s", async (asked, _, failure) => {
    sts.respond(failTwice(failure, grantRole()));
    metadata.respond = failTwice(failure, machineRole, asked.endsWith("key") ? "/theRole" : "/");
    const environment: Values = setups[asked]();
    const around = credentialContext({ environment, homeDirectory: home.at(), stsEndpoint: sts.stsEndpoint });
    const told: unknown[] = [];
    const provide = rememberCredentials(
      () => resolveCredentials(around),
      clockWith({ sleep: () => Promise.resolve() }),
    );
    const end = provide(deadlineIn(60, systemClock), (error) => told.push(error));
    await expect(end).resolves.toHaveProperty("secretId", "temporaryId");
    expect(told).toHaveLength(2);
    expect(told.map(inspectError).join("\n")).not.toContain("S3CRET");
  });
});
