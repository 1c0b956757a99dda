// Which file may import which. Each rule says what would go wrong without it.
const within = (...names) => `^provider/(${names.join("|")})`;

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
      from: { path: within("index", "redisInstancePassword", "providerStub", "settingNames") },
      to: {
        path: ["^provider/", "node_modules/zod"],
        pathNot: within("redisInstancePassword", "providerStub", "settingNames"),
      },
    },
    {
      name: "pulumi-in-two-places",
      comment: "The handlers' process must not load the SDK a second time; types are free.",
      severity: "error",
      from: { path: "^provider/", pathNot: within("redisInstancePassword", "providerStub") },
      to: { path: "node_modules/@pulumi", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "client-knows-neither-pulumi-nor-zod",
      comment: "The client could be used without Pulumi, and is tested so.",
      severity: "error",
      from: { path: within("tencentcloud/") },
      to: { path: ["node_modules/@pulumi", "node_modules/zod", "^provider/(?!tencentcloud/|errors)"] },
    },
    {
      name: "parts-below-the-client",
      comment: "Within the client: redis and task are built on client, which is built on the rest.",
      severity: "error",
      from: {
        path: within(
          "tencentcloud/(signature|request|http|connect|tunnel|transportFailure|proxy|credentials|endpoint|deadline|retry|rateLimit)",
        ),
      },
      to: { path: within("tencentcloud/(client|redis|task)") },
    },
    {
      name: "errors-is-the-leaf",
      comment: "Everybody may import the errors, so they import nobody.",
      severity: "error",
      from: { path: within("errors") },
      to: { path: "^provider/" },
    },
    {
      name: "pieces-do-not-orchestrate",
      comment: "Only the stub knows the handlers, by name; what they use does not know them.",
      severity: "error",
      from: { path: "^provider/", pathNot: within("handlers") },
      to: { path: within("handlers") },
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
  ],
  options: {
    doNotFollow: { path: ["node_modules", "build", "dist"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "node", "require"] },
  },
};
