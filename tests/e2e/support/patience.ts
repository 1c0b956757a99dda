// Ends a test that hangs, and judges no speed. Some stories run the real CLI thirty times, at 2 to 4 s a run; on a machine
// with other work that can take several times as long.
jest.setTimeout(600_000);
