/** The two ways in which a program uses the resource. */
export type FrontEnd = "class" | "plugin";

/** The types that the two record. */
const types: Readonly<Record<FrontEnd, string>> = {
  class: "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword",
  plugin: "tencentcloud-redis:index:RedisInstancePassword",
};

/** The option by which the class takes over what the plugin has recorded. */
export const aliasOfPlugin = `{ aliases: [{ type: "${types.plugin}" }] }`;

/** A program's own class for the provider plugin, as an SDK has it: the language hosts here generate none. */
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

/** The project file of a program. With the plugin it names where the npm package has it, as docs/languages.md says. */
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
