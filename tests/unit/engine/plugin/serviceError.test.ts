import { loadPulumi } from "../../../../provider/engine/plugin/pulumi";
import { toServiceError } from "../../../../provider/engine/plugin/serviceError";

const pulumi = loadPulumi();

it.each<[string, unknown, string]>([
  ["an error of several lines", new Error("first\n  second\tthird"), "first second third"],
  ["a thrown string", "a text", "a text"],
])("%s becomes one line without a state", (_, thrown, details) => {
  const { code, details: told, metadata } = toServiceError(pulumi, thrown);
  expect({ code, told, metadata: metadata.getMap() }).toEqual({ code: 2, told: details, metadata: {} });
});
