/** The two ways in which a program uses the resource. */
export type FrontEnd = "class" | "plugin";

/** The resource types that the two front ends record. */
const types: Readonly<Record<FrontEnd, string>> = {
  class: "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword",
  plugin: "tencentcloud-redis:index:RedisInstancePassword",
};

/** The option with which the class takes over the plugin's state. */
export const aliasOfPlugin = `{ aliases: [{ type: "${types.plugin}" }] }`;

/**
 * A program's own class for the provider plugin, like that of an SDK, which the language hosts here cannot generate.
 */
export const classForPlugin = `
  class RedisInstancePassword extends pulumi.CustomResource {
    constructor(name, args, options) {
      const outputs = { triggers: undefined, taskId: undefined, requestId: undefined, resetAt: undefined };
      const inputs = { ...outputs, ...args, password: args.password && pulumi.secret(args.password) };
      super("${types.plugin}", name, inputs, pulumi.mergeOptions(options, { aliases: [{ type: "${types.class}" }] }));
    }
  }
`;

const sdk = {
  file: "sdk.js",
  source: `const pulumi = require("@pulumi/pulumi");\n${classForPlugin}\nmodule.exports = { RedisInstancePassword };\n`,
};

/** Returns the same program with the SDK instead of the class. */
export const withPlugin = (source: string): string =>
  source.replaceAll('require("pulumi-tencentcloud-redis")', `require("./${sdk.file}")`);

/**
 * Returns the project file of a program. For the plugin, it contains the path in the npm package, as in
 * docs/languages.md.
 */
export const projectFile = (frontEnd: FrontEnd): string =>
  `name: e2e\nruntime: nodejs\n${
    frontEnd === "plugin"
      ? "plugins:\n  providers:\n    - name: tencentcloud-redis\n      path: node_modules/.bin\n"
      : ""
  }`;

/** Returns the files of a project with this program. */
export function projectFiles(source: string, frontEnd: FrontEnd): [file: string, text: string][] {
  return [
    ["Pulumi.yaml", projectFile(frontEnd)],
    ["package.json", JSON.stringify({ name: "e2e", private: true, main: "index.js" })],
    ["index.js", source],
    ...(frontEnd === "plugin" ? [[sdk.file, sdk.source] satisfies [string, string]] : []),
  ];
}
