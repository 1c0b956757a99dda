/** Returns the value of a key. If there is none yet, it is created and kept. */
export function getOrCreate<T>(map: Map<string, T>, key: string, create: () => T): T {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}
