/** The two ways in which a program uses the resource. */
export type FrontEnd = "class" | "plugin";

/** Where a project that has the npm package finds the plugin: as docs/languages.md says. */
const pluginSettings = `
plugins:
  providers:
    - name: tencentcloud-redis
      path: node_modules/.bin
`;

/** The plugin's resource as an SDK that Pulumi has generated declares it. */
const pluginSdk = {
  file: "sdk.js",
  source: `
    const pulumi = require("@pulumi/pulumi");
    class RedisInstancePassword extends pulumi.CustomResource {
      constructor(name, args, options) {
        const outputs = { taskId: undefined, requestId: undefined, resetAt: undefined };
        const inputs = { ...args, password: args.password && pulumi.secret(args.password), ...outputs };
        super("tencentcloud-redis:index:RedisInstancePassword", name, inputs, options);
      }
    }
    module.exports = { RedisInstancePassword };
  `,
};

/** Returns the same program with the SDK instead of the class. */
export const withPlugin = (source: string): string =>
  source.replaceAll('require("pulumi-tencentcloud-redis")', `require("./${pluginSdk.file}")`);

/** Returns the files of a project with this program. */
export function projectFiles(source: string, frontEnd: FrontEnd): [file: string, text: string][] {
  const isPlugin = frontEnd === "plugin";
  return [
    ["Pulumi.yaml", `name: e2e\nruntime: nodejs\n${isPlugin ? pluginSettings : ""}`],
    ["package.json", JSON.stringify({ name: "e2e", private: true, main: "index.js" })],
    ["index.js", source],
    ...(isPlugin ? [[pluginSdk.file, pluginSdk.source] satisfies [string, string]] : []),
  ];
}
