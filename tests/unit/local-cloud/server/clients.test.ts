import { passwords, records, settled, start, stopAll } from "../support/cloud";
import { send } from "../support/exchange";
import { temporary } from "../support/keys";
import { type Sent, documented, json, older, reset, tc3 } from "../support/requests";

afterEach(stopAll);

describe("the vendor's clients", () => {
  it.each<[string, (port: number) => Sent]>([
    ["JSON", (port) => json(port, reset)],
    [
      "JSON of the Node.js client, which takes the service from the address and leaves the port out",
      (port) => json(port, { ...reset, service: "127", signedHost: "127.0.0.1" }),
    ],
    [
      "JSON of the Java client",
      (port) => json(port, { ...reset, service: "127", contentType: "application/json; charset=utf-8" }),
    ],
    [
      "JSON of the Python client, with spaces",
      (port) => json(port, { ...reset, body: '{"InstanceId": "crs-5a4py64p", "Password": "zy456987"}' }),
    ],
    ["JSON of TCCLI", (port) => json(port, { ...reset, host: `http://127.0.0.1:${port}` })],
    [
      "headers in other letters",
      (port) => {
        const { headers, ...rest } = json(port, reset);
        return { ...rest, headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toUpperCase(), v])) };
      },
    ],
    ["an empty token", (port) => json(port, { ...reset, token: "" })],
    ["a temporary key", (port) => json(port, { ...reset, key: temporary, token: temporary.temporary.token })],
    ["an older form", (port) => older(port, "POST", documented)],
    ["an older query", (port) => older(port, "GET", { ...documented, NoAuth: "False" })],
    ["the oldest form", (port) => older(port, "POST", documented, "HmacSHA1")],
    ["the oldest query", (port) => older(port, "GET", documented, "HmacSHA1")],
    [
      "an older query with a temporary key",
      (port) => older(port, "GET", { ...documented, Token: temporary.temporary.token }, "HmacSHA256", temporary),
    ],
  ])("are understood: %s", async (_, sent) => {
    const port = await start();
    expect(await send(port, sent(port))).toEqual({ TaskId: 16657, RequestId: expect.any(String) as string });
    await settled();
    expect(passwords.get("crs-5a4py64p")).toBe("zy456987");
    const [record] = records;
    expect(record).toEqual({ ...record, action: "ResetPassword", code: null, taskId: 16657 });
    expect(JSON.stringify(records)).not.toMatch(/zy456987|secret/);
  });

  it.each<[string, (port: number) => Sent]>([
    ["a query", (port) => tc3(port, "ResetPassword", { method: "GET", query: "InstanceId=crs-5a4py64p&NoAuth=True" })],
    [
      "a query with more in it",
      (port) => tc3(port, "", { method: "GET", query: "Action=ResetPassword&InstanceId=crs-5a4py64p&NoAuth=true" }),
    ],
    ["a form", (port) => tc3(port, "ResetPassword", { method: "POST", body: "NoAuth=true&InstanceId=crs-5a4py64p" })],
    [
      "an unsigned body",
      (port) =>
        tc3(port, "ResetPassword", {
          ...{ method: "POST", body: '{"InstanceId":"crs-5a4py64p","NoAuth":true}', contentType: "application/json" },
          unsigned: true,
        }),
    ],
  ])("are understood with TC3-HMAC-SHA256 and %s", async (_, sent) => {
    const port = await start();
    expect(await send(port, sent(port))).toMatchObject({ TaskId: 16657 });
    await settled();
    expect(passwords.get("crs-5a4py64p")).toBe("");
  });

  it("may change neither a query nor a form", async () => {
    const port = await start();
    const query = tc3(port, "DescribeInstances", { method: "GET", query: "Limit=1" });
    const form = tc3(port, "DescribeInstances", { method: "POST", body: "Limit=1" });
    const refused = { Error: { Code: "AuthFailure.SignatureFailure" } };
    expect(await send(port, query)).toMatchObject({ TotalCount: 2 });
    expect(await send(port, { ...query, path: "/?Limit=2" })).toMatchObject(refused);
    expect(await send(port, { ...query, path: "/?Limit=1?" })).toMatchObject(refused);
    expect(await send(port, { ...form, body: "Limit=2" })).toMatchObject(refused);
  });
});
