import { languages } from "../support/languages/languages";
import { tellStory } from "../support/languages/story";

it("a program in Python sets, resets and imports a password", () => tellStory(languages.Python));
