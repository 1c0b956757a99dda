/** Returns a result of the global setup: the folder of the engine, or that of the installed package. */
export function fromSetup(name: "E2E_ENGINE" | "E2E_INSTALLED"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the tests' global setup sets it`);
  return value;
}
