import { type ParameterRules, parseParameters } from "../../../../local-cloud/protocol/parameters";
import { catchError } from "../../support/failure";
import { arrived } from "../support/requests";

const rules = {
  InstanceId: { type: "string", required: true },
  Limit: { type: "integer" },
  NoAuth: { type: "boolean" },
  TaskTypes: { type: { listOf: "string" } },
  Tags: { type: { listOf: { fields: { Key: { type: "string", required: true }, Value: { type: "integer" } } } } },
} as const;

const fromJson = (body: string, expected: ParameterRules = rules) => parseParameters(arrived({ body }), expected);

const fromQuery = (query: string) => parseParameters(arrived({ method: "GET", url: `/?${query}` }), rules);

it.each([
  ['{"InstanceId":"crs-1"}', { InstanceId: "crs-1" }],
  ['{ "InstanceId": "", "Limit": 0, "NoAuth": false }', { InstanceId: "", Limit: 0, NoAuth: false }],
  ['{"InstanceId":"crs-1","TaskTypes":[]}', { InstanceId: "crs-1", TaskTypes: [] }],
  [
    '{"InstanceId":"crs-1","Tags":[{"Key":"a","Value":1},{"Key":"b"}]}',
    { InstanceId: "crs-1", Tags: [{ Key: "a", Value: 1 }, { Key: "b" }] },
  ],
])("%s is accepted", (body, parameters) => {
  expect(fromJson(body)).toEqual(parameters);
});

it("an empty body means no parameters", () => {
  expect(fromJson("", {})).toEqual({});
});

it.each([
  ["{", "InvalidRequest", "The request body is not valid JSON."],
  ["[]", "InvalidRequest", "The request body is not a JSON object."],
  ["null", "InvalidRequest", "The request body is not a JSON object."],
  ['"crs-1"', "InvalidRequest", "The request body is not a JSON object."],
  ["", "MissingParameter", "The request is missing a required parameter `InstanceId`."],
  ['{"Limit":1}', "MissingParameter", "The request is missing a required parameter `InstanceId`."],
  ['{"InstanceId":"crs-1","Id":1}', "UnknownParameter", "The parameter `Id` is not recognized."],
  ['{"InstanceId":"crs-1","instanceId":"crs-1"}', "UnknownParameter", "The parameter `instanceId` is not recognized."],
  ['{"InstanceId":"crs-1","toString":1}', "UnknownParameter", "The parameter `toString` is not recognized."],
  ['{"InstanceId":1}', "InvalidParameter", "The type of `InstanceId` must be string."],
  ['{"InstanceId":null}', "InvalidParameter", "The type of `InstanceId` must be string."],
  ['{"InstanceId":"crs-1","Limit":"1"}', "InvalidParameter", "The type of `Limit` must be integer."],
  ['{"InstanceId":"crs-1","Limit":1.5}', "InvalidParameter", "The type of `Limit` must be integer."],
  ['{"InstanceId":"crs-1","NoAuth":0}', "InvalidParameter", "The type of `NoAuth` must be boolean."],
  ['{"InstanceId":"crs-1","TaskTypes":"007"}', "InvalidParameter", "The type of `TaskTypes` must be list."],
  ['{"InstanceId":"crs-1","TaskTypes":[7]}', "InvalidParameter", "The type of `TaskTypes.0` must be string."],
  ['{"InstanceId":"crs-1","TaskTypes.0":"7"}', "UnknownParameter", "The parameter `TaskTypes.0` is not recognized."],
  ['{"InstanceId":"crs-1","Tags":["a"]}', "InvalidParameter", "The type of `Tags.0` must be object."],
  [
    '{"InstanceId":"crs-1","Tags":[{"Value":1}]}',
    "MissingParameter",
    "The request is missing a required parameter `Tags.0.Key`.",
  ],
])("%s is refused with %s", async (body, code, message) => {
  expect(await catchError(() => fromJson(body))).toMatchObject({ name: "CloudError", code, message });
});

describe("in a query or a form", () => {
  it.each([
    ["InstanceId=crs-1", { InstanceId: "crs-1" }],
    ["InstanceId=a+b%2Bc%E4%B8%AD", { InstanceId: "a b+c中" }],
    ["InstanceId=&Limit=-1&NoAuth=true", { InstanceId: "", Limit: -1, NoAuth: true }],
    // The spelling of the vendor's Python client.
    ["InstanceId=crs-1&NoAuth=False", { InstanceId: "crs-1", NoAuth: false }],
    ["InstanceId=crs-1&TaskTypes.1=035&TaskTypes.0=007", { InstanceId: "crs-1", TaskTypes: ["007", "035"] }],
    ["InstanceId=crs-1&Tags.0.Key=a&Tags.0.Value=1", { InstanceId: "crs-1", Tags: [{ Key: "a", Value: 1 }] }],
    ["Action=A&Version=V&Region=R&Language=zh-CN&RequestClient=C&InstanceId=crs-1", { InstanceId: "crs-1" }],
  ])("%s is accepted", (query, parameters) => {
    expect(fromQuery(query)).toEqual(parameters);
  });

  it.each([
    ["", "MissingParameter", "The request is missing a required parameter `InstanceId`."],
    ["InstanceId=crs-1&Id=1", "UnknownParameter", "The parameter `Id` is not recognized."],
    ["InstanceId=crs-1&__proto__.a=1", "UnknownParameter", "The parameter `__proto__` is not recognized."],
    ["InstanceId=crs-1&InstanceId=crs-2", "InvalidParameter", "The parameter `InstanceId` is given twice."],
    ["InstanceId=crs-1&InstanceId.0=crs-2", "InvalidParameter", "The parameter `InstanceId.0` is given twice."],
    ["InstanceId.0=crs-1", "InvalidParameter", "The type of `InstanceId` must be string."],
    ["InstanceId=crs-1&Limit=1.5", "InvalidParameter", "The type of `Limit` must be integer."],
    ["InstanceId=crs-1&Limit=", "InvalidParameter", "The type of `Limit` must be integer."],
    ["InstanceId=crs-1&NoAuth=1", "InvalidParameter", "The type of `NoAuth` must be boolean."],
    ["InstanceId=crs-1&TaskTypes=007", "InvalidParameter", "The type of `TaskTypes` must be list."],
    ["InstanceId=crs-1&TaskTypes.1=007", "InvalidParameter", "The type of `TaskTypes` must be list."],
  ])("%s is refused with %s", async (query, code, message) => {
    expect(await catchError(() => fromQuery(query))).toMatchObject({ name: "CloudError", code, message });
  });
});
