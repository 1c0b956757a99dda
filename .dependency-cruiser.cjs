// Which file may import which. Each rule says what would go wrong without it.
const within = (...names) => `^provider/(${names.join("|")})`;

/** What Pulumi's protocols come from. */
const pulumiPackages = ["node_modules/@pulumi", "node_modules/@grpc", "node_modules/google-protobuf"];

const rooms = (...names) => names.map((name) => `resource/${name}`);
const api = (...names) => names.map((name) => `tencentcloud/${name}`);

// The folders of provider/, from the top. A file directly in one of them imports only from that folder and from those that
// are listed, which are below it. A new folder has to be named here: nothing may be imported from another one, or by it.
const providerFolders = {
  "": { imports: ["program"], comment: "The entry that programs import loads no more than the class." },
  program: {
    imports: ["resource/settings/settingNames.ts"],
    comment:
      "A program that imports the package pays for what it loads at each preview: neither zod nor the client is " +
      "needed there. They belong to the handlers, which run in a process of their own.",
  },
  engine: {
    imports: ["engine/shared", "resource", ...rooms("contract", "session", "operation")],
    comment:
      "The front ends translate between Pulumi and the resource: they never call the API themselves. What one takes from the " +
      "other would change both, and load gRPC for dynamic resources.",
  },
  "engine/plugin": {
    imports: ["engine/shared", "resource", ...rooms("contract", "settings", "session", "operation", "adopt")],
    comment: "As for the other front end: it translates, and calls neither the API nor that one.",
  },
  "engine/shared": {
    imports: rooms("contract"),
    comment: "What both front ends need depends on neither of them.",
  },
  resource: {
    imports: [
      ...rooms("reset", "adopt", "drift", "operation", "session", "contract"),
      ...api("redis", "retry", "errors", "secrets"),
    ],
    comment:
      "What the resource means is the same, whichever way Pulumi calls it. Types count, too: a shape of Pulumi's belongs " +
      "to the front end that has it.",
  },
  "resource/reset": {
    imports: [...rooms("drift", "operation", "contract"), ...api("redis", "retry", "errors")],
    comment: "A reset and an adoption are two answers to one plan: neither is a step of the other.",
  },
  "resource/adopt": {
    imports: [...rooms("drift", "operation", "session", "contract"), ...api("redis", "retry", "errors")],
    comment: "An adoption sends no password, so it has no use for what resets.",
  },
  "resource/drift": {
    imports: [...rooms("session", "contract"), ...api("redis", "errors")],
    comment: "It compares a state with what the service answers, whichever operation asks.",
  },
  "resource/operation": {
    imports: [...rooms("verify", "session", "contract"), ...api("redis", "transport", "retry", "errors", "secrets")],
    comment: "What every create and update shares is below what each of them does.",
  },
  "resource/session": {
    imports: [
      ...rooms("verify", "settings", "contract"),
      ...api("redis", "client", "credentials", "transport", "retry", "errors", "secrets"),
    ],
    comment: "A session outlives all operations, so it holds what they need and none of them.",
  },
  "resource/verify": {
    imports: [...rooms("contract"), ...api("transport", "errors", "secrets")],
    comment: "AUTH goes to an instance, not through the API: it needs a password, a host and a port.",
  },
  "resource/settings": {
    imports: api("credentials", "transport", "errors"),
    comment: "Settings are read before there is a resource.",
  },
  "resource/contract": {
    imports: api("errors", "secrets"),
    comment: "Inputs and states are plain data: every released state must be read without the code that wrote it.",
  },
  "tencentcloud/redis": {
    imports: api("client", "transport", "retry", "errors", "secrets"),
    comment: "The calls of the API and the waiting for their tasks are built on the client.",
  },
  "tencentcloud/client": {
    imports: api("credentials", "transport", "retry", "errors", "secrets"),
    comment: "It sends signed requests at the allowed rate, and knows no action.",
  },
  "tencentcloud/credentials": {
    imports: api("transport", "retry", "errors", "secrets"),
    comment: "The sources of keys send requests, but not through the client, which needs keys.",
  },
  "tencentcloud/transport": {
    imports: api("retry", "errors", "secrets"),
    comment: "One signed request: what its answer means for another attempt is decided above.",
  },
  "tencentcloud/retry": {
    imports: api("errors"),
    comment: "Time and verdicts: they know errors, not what caused them.",
  },
  "tencentcloud/errors": {
    imports: [],
    comment: "Everything may import the errors, so they import nothing.",
  },
  "tencentcloud/secrets": {
    imports: [],
    comment: "What hides secrets must not depend on anything that could show them.",
  },
};

// The folders of local-cloud/, in the same way.
const localCloudFolders = {
  cli: {
    imports: ["setup", "server", "faults", "protocol", "system"],
    comment: "The command reads its options, shows requests and sends resets: it never touches a running cloud.",
  },
  setup: {
    imports: ["server", "faults", "auth", "model", "protocol", "system"],
    comment: "The one place that puts a cloud together, so it may know every part but the actions.",
  },
  server: {
    imports: ["faults", "actions", "auth", "model", "protocol", "system"],
    comment: "The path of a request: it calls everything below, and nothing below knows how requests come in.",
  },
  faults: {
    imports: ["actions", "model"],
    comment: "Faults are named by actions. No action knows the list of faults: it gets the one that it has to apply.",
  },
  actions: {
    imports: ["auth", "model", "protocol", "system"],
    comment: "An action is tested without a server: it gets the region or the STS that it works on.",
  },
  auth: {
    imports: ["model", "protocol", "system"],
    comment: "Signatures and keys are the same for every action, so they know none.",
  },
  model: {
    imports: ["protocol", "system"],
    comment: "Instances, tasks and regions change without a request: of the protocol they know its errors and hosts.",
  },
  protocol: { imports: [], comment: "How requests and answers are written depends on nothing that they are about." },
  system: { imports: [], comment: "The clock and the processes of this machine would be the same for another cloud." },
};

/** The pattern of a file, or of the files directly in a folder, but not in its subfolders. */
const place = (root, name) =>
  name.endsWith(".ts") ? `${root}/${name}` : [root, name, "[^/]+$"].filter(Boolean).join("/");

/** One rule for each folder, and one for the folders that are not named. */
const allowLists = (root, folders, unnamed) => [
  ...Object.entries(folders).map(([folder, { imports, comment }]) => ({
    name: [root, ...folder.split("/")].filter(Boolean).join("-"),
    comment,
    severity: "error",
    from: { path: `^${place(root, folder)}` },
    to: {
      path: "^(provider|local-cloud)/",
      pathNot: `^(${[folder, ...imports].map((name) => place(root, name)).join("|")})`,
    },
  })),
  {
    name: `${root}-folders-are-named`,
    comment: "A new folder says here what it may import, and why.",
    severity: "error",
    from: {
      path: `^${root}/`,
      pathNot: `^(${[...Object.keys(folders), ...unnamed].map((name) => place(root, name)).join("|")})`,
    },
    to: {},
  },
];

const localCloudRules = [
  ...allowLists("local-cloud", localCloudFolders, [""]),
  {
    name: "local-cloud-command-holds-no-cloud",
    comment:
      "dist/local-cloud/main.js loads index.js: what it imports beside that is in the tarball twice, so only the default " +
      "values are.",
    severity: "error",
    from: { path: "^local-cloud/(cli/|main)" },
    to: {
      path: "^local-cloud/(setup|server|actions|auth|model)/",
      pathNot: "^local-cloud/setup/defaults",
      dependencyTypesNot: ["type-only"],
    },
  },
];

/** Folders in which all imports go one way. */
const oneWayFolders = ["provider", "local-cloud", "benchmarks", "tools", "examples", "tests/support"];

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "A circle has no top to read from.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-circles-of-folders",
      comment: "Of two folders that import each other, neither can be read first.",
      severity: "error",
      scope: "folder",
      from: { path: `^(${oneWayFolders.join("|")})` },
      to: { circular: true },
    },
    {
      name: "nothing-from-the-folder-above",
      comment:
        "The files of a folder import from its subfolders, so this would be a circle that the rule above misses.",
      severity: "error",
      from: { path: `^((?:${oneWayFolders.join("|")}).*)/[^/]+/[^/]+$` },
      to: { path: "^$1/[^/]+$" },
    },
    ...allowLists("provider", providerFolders, []),
    {
      name: "setting-names-load-nothing",
      comment: "The class reads them in the user's program, which would load whatever they import.",
      severity: "error",
      from: { path: within("resource/settings/settingNames") },
      to: {},
    },
    {
      name: "pulumi-in-the-program-only",
      comment: "The handlers' process must not load the SDK a second time; types are free.",
      severity: "error",
      from: { path: "^provider/", pathNot: within("program/") },
      to: { path: pulumiPackages, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resource-knows-no-protocol",
      comment: "Pulumi's protocols belong to the front ends, and their types, too.",
      severity: "error",
      from: { path: within("resource/") },
      to: { path: pulumiPackages },
    },
    {
      name: "client-knows-neither-pulumi-nor-zod",
      comment: "The client could be used without Pulumi, and is tested so.",
      severity: "error",
      from: { path: within("tencentcloud/") },
      to: { path: [...pulumiPackages, "node_modules/zod"] },
    },
    {
      name: "program-loads-no-zod",
      comment: "As provider-program says: each preview would pay for it.",
      severity: "error",
      from: { path: within("index", "program/") },
      to: { path: "node_modules/zod" },
    },
    {
      name: "local-cloud-stands-alone",
      comment: "It checks the client's signatures with code of its own: a shared signer would hide shared mistakes.",
      severity: "error",
      from: { path: "^local-cloud/" },
      to: { path: ["^provider/", "^tests/", "^tools/"] },
    },
    {
      name: "shipped-code-needs-no-tools",
      comment: "The tarball holds provider/ and local-cloud/ only.",
      severity: "error",
      from: { path: "^(provider|local-cloud)/" },
      to: { path: ["^(tools|tests|examples|benchmarks)/"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-dev-dependencies-in-shipped-code",
      comment: "A user's installation does not have them.",
      severity: "error",
      from: { path: "^(provider|local-cloud)/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm-peer"] },
    },
    ...localCloudRules,
  ],
  options: {
    doNotFollow: { path: ["node_modules", "build", "dist"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "node", "require"] },
  },
};
