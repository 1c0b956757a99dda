/** Joins what happened and what to do into two sentences. */
export const inSentences = (happened: string, toDo: string): string =>
  `${happened.replace(/\.$/, "")}. ${toDo.charAt(0).toUpperCase()}${toDo.slice(1)}.`;
