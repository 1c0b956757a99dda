import { settings } from "../../provider/resource/settings/settingNames";
import { roleFields, roleVariables } from "../../provider/tencentcloud/credentials/assumeRole";
import {
  podVariables,
  webIdentityFields,
  webIdentityVariables,
} from "../../provider/tencentcloud/credentials/fromWebIdentity";
import { findBlocks, codeIn, tableRows } from "../support/markdown";
import { handlersOn } from "../unit/support/fakeService";
import { id, state } from "../unit/support/resource";

const page = "docs/credentials.md";

describe.each([
  {
    setting: "assumeRole",
    fields: [...roleFields, "sessionDuration"],
    // TCCLI has one variable for the role, which is among those of the setting, and this one.
    variables: [...settings.assumeRole.variables, ...Object.values(roleVariables), "TENCENTCLOUD_ROLE_SESSION_NAME"],
  },
  {
    setting: "assumeRoleWithWebIdentity",
    fields: [...webIdentityFields, "sessionDuration"],
    variables: Object.values(webIdentityVariables),
  },
])("the table of $setting in docs/credentials.md", ({ setting, fields, variables }) => {
  const column = (index: number) =>
    tableRows(page, `field of \`${setting}\``).flatMap((cells) => codeIn(cells[index] ?? ""));

  it("has each field, and no other", () => {
    expect(column(0).sort()).toEqual(fields.sort());
  });

  it("has each environment variable, and no other", () => {
    expect(column(1).sort()).toEqual(variables.sort());
  });
});

it("docs/credentials.md names the variables that give a pod its web identity", () => {
  const [, , cell = ""] = tableRows(page, "order").find(([, place]) => place === "web identity") ?? [];
  expect(codeIn(cell)).toEqual(Object.values(podVariables));
});

describe("of the requested actions", () => {
  let requested: Set<string>;
  beforeAll(async () => {
    const { sent, checked, create, read } = handlersOn();
    await create(checked());
    await create(checked({ account: "app" }));
    await read(id, state());
    requested = new Set(sent.map(({ action }) => action));
  });

  it("the CAM policy in docs/credentials.md allows each that needs a permission, and no other", () => {
    const [block] = findBlocks(page).filter(({ heading }) => heading === "The policy");
    const { statement } = JSON.parse(block?.text ?? "") as { statement: readonly { action: readonly string[] }[] };
    const needed = [...requested].filter((action) => action !== "GetCallerIdentity").map((action) => `redis:${action}`);
    expect(statement.flatMap(({ action }) => action).sort()).toEqual(needed.sort());
  });

  it("the table in docs/credentials.md explains each, and no other", () => {
    const explained = tableRows(page, "action").flatMap(([action = ""]) => codeIn(action.replace("sts:", "")));
    expect(explained.sort()).toEqual([...requested].sort());
  });
});
