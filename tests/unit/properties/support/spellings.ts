import fc from "fast-check";

const ofGo = (text: string): string =>
  JSON.stringify(text).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
const ofRfc3986 = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
const html = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The encodings in which servers repeat a text. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify(text),
  (text) => JSON.stringify(text).replaceAll("/", "\\/"),
  ofGo,
  (text) => encodeURIComponent(text),
  ofRfc3986,
  html,
  (text) => html(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
];

export const spelling = fc.constantFrom(...spellings);
