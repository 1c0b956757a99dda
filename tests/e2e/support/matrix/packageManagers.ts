/** How a package manager installs the dependencies in a package.json, without regard to its lock file. */
interface Installation {
  /** Its npm package, with the version, and the program in it; undefined for npm, which is already installed. */
  readonly package?: string;
  readonly program?: string;
  readonly args: readonly string[];
  /** The files that it needs in the project. */
  readonly files?: Readonly<Record<string, string>>;
}

const pnpm: Installation = {
  package: "pnpm@12",
  program: "bin/pnpm.mjs",
  args: ["install", "--no-frozen-lockfile", "--ignore-scripts"],
};

const yarn = { program: "bin/yarn.js" };

const packageManagers = {
  npm: { args: ["install", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"] },
  pnpm,
  "pnpm, hoisted": { ...pnpm, files: { "pnpm-workspace.yaml": "nodeLinker: hoisted\n" } },
  "Yarn 1": { ...yarn, package: "yarn@1", args: ["install", "--non-interactive", "--ignore-scripts"] },
  "Yarn 4": {
    ...yarn,
    package: "@yarnpkg/cli-dist@4",
    args: ["install", "--no-immutable", "--mode=skip-build"],
    files: { ".yarnrc.yml": "nodeLinker: node-modules\nenableTelemetry: false\n", "yarn.lock": "" },
  },
} satisfies Record<string, Installation>;

export type PackageManager = keyof typeof packageManagers;

export const findInstallation = (packageManager: PackageManager): Installation => packageManagers[packageManager];
