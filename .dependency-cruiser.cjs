// Which file may import which. Each rule says what would go wrong without it.
const within = (...names) => `^provider/(${names.join("|")})`;

/** What Pulumi's protocols come from. */
const pulumiPackages = ["node_modules/@pulumi", "node_modules/@grpc", "node_modules/google-protobuf"];

// The folders of local-cloud/, from the top. Each imports only from folders below it, those that are listed.
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

const localCloudRules = [
  ...Object.entries(localCloudFolders).map(([folder, { imports, comment }]) => ({
    name: `local-cloud-${folder}`,
    comment,
    severity: "error",
    from: { path: `^local-cloud/${folder}/` },
    to: { path: "^local-cloud/", pathNot: `^local-cloud/(${[folder, ...imports].join("|")})/` },
  })),
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

/** One rule for each folder of the client: a folder imports those below it only. */
const layers = (...folders) =>
  folders.slice(1).map(([name, comment], index) => ({
    name: `${name}-below-${folders[index][0]}`,
    comment,
    severity: "error",
    from: { path: within(`tencentcloud/${name}/`) },
    to: { path: within(...folders.slice(0, index + 1).map(([above]) => `tencentcloud/${above}/`)) },
  }));

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
    {
      name: "program-loads-little",
      comment:
        "A program that imports the package pays for what it loads at each preview: neither zod nor the client is " +
        "needed there. They belong to the handlers, which run in a process of their own.",
      severity: "error",
      from: { path: within("index", "program/", "resource/settingNames") },
      to: { path: ["^provider/", "node_modules/zod"], pathNot: within("program/", "resource/settingNames") },
    },
    {
      name: "pulumi-in-the-program-only",
      comment: "The handlers' process must not load the SDK a second time; types are free.",
      severity: "error",
      from: { path: "^provider/", pathNot: within("program/") },
      to: { path: pulumiPackages, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resource-knows-no-front-end",
      comment:
        "What the resource means is the same, whichever way Pulumi calls it. Types count, too: a shape of Pulumi's belongs " +
        "to the front end that has it.",
      severity: "error",
      from: { path: within("resource/") },
      to: { path: [within("engine/", "program/", "index"), ...pulumiPackages] },
    },
    {
      name: "front-ends-apart",
      comment:
        "The dynamic provider and the plugin share engine/shared/ and the resource. What one takes from the other would " +
        "change both, and load gRPC for dynamic resources. nothing-from-the-folder-above forbids the other direction.",
      severity: "error",
      from: { path: within("engine/(?!plugin/)") },
      to: { path: within("engine/plugin/") },
    },
    {
      name: "engine-above-resource-only",
      comment: "The engine's side translates between Pulumi and the resource: it never calls the API itself.",
      severity: "error",
      from: { path: within("engine/") },
      to: { path: within("program/", "index", "tencentcloud/") },
    },
    {
      name: "client-knows-neither-pulumi-nor-zod",
      comment: "The client could be used without Pulumi, and is tested so.",
      severity: "error",
      from: { path: within("tencentcloud/") },
      to: { path: [...pulumiPackages, "node_modules/zod", "^provider/(?!tencentcloud/)"] },
    },
    ...layers(
      ["redis", "The calls of the API and the waiting for their tasks are built on the client."],
      ["client", "It sends signed requests at the allowed rate, and knows no action."],
      ["credentials", "The sources of keys send requests, but not through the client, which needs keys."],
      ["transport", "One signed request: what its answer means for another attempt is decided above."],
      ["retry", "Time and verdicts: they know errors, not what caused them."],
      ["errors", "Everything may import the errors, so they import next to nothing."],
      ["secrets", "What hides secrets must not depend on anything that could show them."],
    ),
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
