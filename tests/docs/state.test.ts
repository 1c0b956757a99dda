import { stateVersion } from "../../provider/resource/contract/state";
import { codeIn, tableRows } from "../support/markdown";
import { writtenStates } from "../support/writtenStates";

it("docs/state.md describes each output in the fixtures, except Pulumi's own", () => {
  const described = tableRows("docs/state.md", "output").flatMap(([name = ""]) => codeIn(name));
  const outputs = writtenStates
    .filter(({ version }) => version === String(stateVersion))
    .flatMap((each) => Object.keys(each.outputs));
  expect(new Set([...described, "__provider"])).toEqual(new Set(outputs));
});
