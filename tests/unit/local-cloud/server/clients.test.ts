import { passwords, records, settled, start, stopAll } from "../support/cloud";
import { send } from "../support/exchange";
import { temporary } from "../support/keys";
import { type Sent, documented, json, older, reset, tc3 } from "../support/requests";

afterEach(stopAll);

describe("the vendor's clients", () => {
  it.each<[string, (port: number) => Sent]>([
    ["JSON in the current format", (port) => json(port, reset)],
    [
      "JSON of the Node.js client, which takes the service from the address and omits the port",
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
      "headers in uppercase",
      (port) => {
        const { headers, ...rest } = json(port, reset);
        return { ...rest, headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toUpperCase(), v])) };
      },
    ],
    ["an empty token", (port) => json(port, { ...reset, token: "" })],
    ["a temporary key", (port) => json(port, { ...reset, key: temporary, token: temporary.temporary.token })],
    ["a form with an HmacSHA256 signature", (port) => older(port, "POST", documented)],
    ["a query with an HmacSHA256 signature", (port) => older(port, "GET", { ...documented, NoAuth: "False" })],
    ["a form with an HmacSHA1 signature", (port) => older(port, "POST", documented, "HmacSHA1")],
    ["a query with an HmacSHA1 signature", (port) => older(port, "GET", documented, "HmacSHA1")],
    [
      "a query with an HmacSHA256 signature and a temporary key",
      (port) => older(port, "GET", { ...documented, Token: temporary.temporary.token }, "HmacSHA256", temporary),
    ],
  ])("may send %s", async (_, sent) => {
    const port = await start();
    expect(await send(port, sent(port))).toEqual({ TaskId: 16657, RequestId: expect.any(String) as string });
    await settled();
    expect(passwords.get("crs-5a4py64p")).toBe("zy456987");
    const [record] = records;
    expect(record).toEqual({ ...record, action: "ResetPassword", code: null, taskId: 16657 });
    expect(JSON.stringify(records)).not.toMatch(/zy456987|secret/);
  });

  it.each<[string, (port: number) => Sent]>([
    [
      "a query of parameters only",
      (port) => tc3(port, "ResetPassword", { method: "GET", query: "InstanceId=crs-5a4py64p&NoAuth=True" }),
    ],
    [
      "a query that also contains the action",
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
  ])("may send %s with TC3-HMAC-SHA256", async (_, sent) => {
    const port = await start();
    expect(await send(port, sent(port))).toMatchObject({ TaskId: 16657 });
    await settled();
    expect(passwords.get("crs-5a4py64p")).toBe("");
  });

  it("cannot change a signed query or form", async () => {
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
