// Each test runs the real CLI several times, at 2 to 4 s a run, or installs packages.
jest.setTimeout(180_000);
