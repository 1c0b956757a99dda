import { stateVersion } from "../../provider/resource/state";
import { codeIn, tableRows } from "../support/markdown";
import { writtenStates } from "../support/writtenStates";

it("each output that docs/state.md describes is in a fixture, and no other but Pulumi's", () => {
  const described = tableRows("docs/state.md", "output").flatMap(([name = ""]) => codeIn(name));
  const outputs = writtenStates
    .filter(({ version }) => version === String(stateVersion))
    .flatMap((each) => Object.keys(each.outputs));
  expect(new Set([...described, "__provider"])).toEqual(new Set(outputs));
});
