import { recordFailure } from "../../../provider/engine/recordedFailure";
import { PartialFailure } from "../../../provider/resource/operation/partialFailure";
import { without, state } from "../support/resource";

it("a partial failure reaches Pulumi with the id, the outputs with their provider, and the reason", () => {
  const recorded = without(state({ status: "pending" }), "__provider");
  const failure = recordFailure(new PartialFailure(recorded, "Not yet."), "the provider");
  expect(failure).toMatchObject({
    name: "RecordedFailure",
    message: "Not yet.",
    id: "ap-guangzhou/crs-5a4py64p",
    properties: { ...recorded, __provider: "the provider" },
    reasons: ["Not yet."],
  });
});
