/** What the global setup tells: the folder of the engine, and that of the installed package. */
export function fromSetup(name: "E2E_ENGINE" | "E2E_INSTALLED"): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the tests' global setup sets it`);
  return value;
}
