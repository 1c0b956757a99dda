// Which file may import which. Each rule says what would go wrong without it.
const within = (...names) => `^provider/(${names.join("|")})`;

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
      to: { path: "node_modules/@pulumi", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resource-below-engine-and-program",
      comment: "What the resource means is the same, whichever way Pulumi calls it.",
      severity: "error",
      from: { path: within("resource/") },
      to: { path: within("engine/", "program/", "index") },
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
      to: { path: ["node_modules/@pulumi", "node_modules/zod", "^provider/(?!tencentcloud/)"] },
    },
    ...layers(
      ["redis", "The calls of the API and the waiting for their tasks are built on the client."],
      ["client", "It sends signed requests at the allowed rate, and knows no action."],
      ["credentials", "The sources of keys send requests, but not through the client, which needs keys."],
      ["transport", "One signed request: what its answer means for another attempt is decided above."],
      ["retry", "Time and verdicts: they know errors, not what caused them."],
      ["errors", "Everything may import the errors, so they import nothing."],
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
  ],
  options: {
    doNotFollow: { path: ["node_modules", "build", "dist"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "node", "require"] },
  },
};
