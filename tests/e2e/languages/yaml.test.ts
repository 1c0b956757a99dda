import { languages } from "../support/languages/languages";
import { tellStory } from "../support/languages/story";

it("a program in YAML sets, resets and imports a password", () => tellStory(languages.YAML));
