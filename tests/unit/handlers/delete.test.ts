import * as handlers from "../../../provider/handlers";
import { captureOutput } from "../support/output";
import { id, state } from "../support/resource";
import { useScriptedApi } from "../support/scriptedApi";

// Its empty script fails the test on any request.
useScriptedApi();
const output = captureOutput();

it("the instance keeps its password, and the user is told so", () => {
  handlers.delete(id, state());
  expect(output()).toEqual(["crs-5a4py64p: nothing was changed, the instance keeps its password"]);
});
