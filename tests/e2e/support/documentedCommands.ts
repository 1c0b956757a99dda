/** The commands that tests run as documented, by page and heading. A test compares this list with the pages. */
export const documentedCommands = {
  "README.md": ["A first program"],
  "docs/local-cloud.md": ["Drift by hand"],
  "docs/moving.md": ["From a hand-written dynamic resource", "Adopt", "Rotate once"],
  "docs/rotation.md": ["Clients that try two passwords", "Back to the old password", "Somebody has changed it by hand"],
  "examples/automation-api/README.md": ["Rotate"],
  "examples/ci-preview/README.md": ["Before the first run"],
  "examples/existing-instance/README.md": ["Adopt it", "Reset it later"],
  "examples/fleet/README.md": ["Rotate"],
  "examples/many-instances/README.md": ["Set the passwords", "Change one"],
  "examples/quickstart/README.md": ["Set the password", "Change it"],
  "examples/rotate-monthly/README.md": ["Run it"],
  "examples/rotate-without-downtime/README.md": ["Run it", "Rotate", "Sign in"],
} as const;

export type DocumentedPage = keyof typeof documentedCommands;
export type DocumentedHeading<Page extends DocumentedPage> = (typeof documentedCommands)[Page][number];
