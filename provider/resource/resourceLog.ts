/** Shows lines to the user, under the resource that they are about. A front end makes one for each call of the engine. */
export interface ResourceLog {
  readonly info: (text: string) => void;
  readonly warn: (text: string) => void;
}

/** For what was logged before. */
export const silentLog: ResourceLog = { info: () => undefined, warn: () => undefined };
