/** Puts the committed results into the documentation. */
import { publish } from "./documentation";
import { readResults } from "./resultsFile";

const results = readResults();
if (!results) throw new Error("there are no results yet: npm run bench");
publish(results);
