/** Captures the lines that the handlers print in a test, which Pulumi shows to the user. */
export function captureOutput(): () => string[] {
  let log: jest.SpiedFunction<typeof console.log>;
  beforeEach(() => {
    log = jest.spyOn(console, "log").mockImplementation(() => {});
  });
  afterEach(() => {
    log.mockRestore();
  });
  return () => log.mock.calls.map(([line]) => String(line));
}
