import { parseParameters } from "../../../local-cloud/parameters";
import { failureOf } from "../support/failure";

const rules = {
  InstanceId: { type: "string", required: true },
  Limit: { type: "integer" },
  NoAuth: { type: "boolean" },
} as const;

it.each([
  ['{"InstanceId":"crs-1"}', { InstanceId: "crs-1" }],
  ['{ "InstanceId": "", "Limit": 0, "NoAuth": false }', { InstanceId: "", Limit: 0, NoAuth: false }],
])("%s is taken", (body, parameters) => {
  expect(parseParameters(body, rules)).toEqual(parameters);
});

it("no body is taken for no parameters", () => {
  expect(parseParameters("", {})).toEqual({});
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
])("%s is refused with %s", async (body, code, message) => {
  expect(await failureOf(() => parseParameters(body, rules))).toMatchObject({ name: "CloudError", code, message });
});
