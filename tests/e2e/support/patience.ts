// Ends a test that hangs. It does not measure speed: some tests run the real CLI thirty times, at 2 to 4 s per run, and
// several times as long on a busy machine.
jest.setTimeout(600_000);
