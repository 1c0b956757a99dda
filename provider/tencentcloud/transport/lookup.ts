/** Returns a value by its name, or undefined if it is not set or empty. */
export type Lookup = (name: string) => string | undefined;
