import { Fixture, cacheArgs } from "./fixture";

const pluginType = "tencentcloud-redis:index:RedisInstancePassword";
const classType = "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword";

/** The option by which the class takes over what the plugin has recorded. */
export const aliasOfPlugin = `{ aliases: [{ type: "${pluginType}" }] }`;

/** A program's own class for the provider plugin, as an SDK has it: the language hosts here generate none. */
export const classForPlugin = `
  class RedisInstancePassword extends pulumi.CustomResource {
    constructor(name, args, options) {
      const inputs = { ...args, password: pulumi.secret(args.password), taskId: undefined };
      super("${pluginType}", name, inputs, pulumi.mergeOptions(options, { aliases: [{ type: "${classType}" }] }));
    }
  }
`;

/** The same program as that of `declaring`, by the provider plugin. */
export function declaringByPlugin(body: string): string {
  return `
    const pulumi = require("@pulumi/pulumi");
    ${classForPlugin}
    const defaults = { ...${JSON.stringify(cacheArgs)}, password: process.env.REDIS_PASSWORD };
    const set = (name, args, options) => new RedisInstancePassword(name, { ...defaults, ...args }, options);
    ${body}
  `;
}

/** Tells Pulumi where the plugin is, or no longer. */
export function writeProject(fixture: Fixture, plugin: "with the plugin" | "without the plugin"): void {
  fixture.write("Pulumi.yaml", plugin === "with the plugin" ? projectWithPlugin : project);
}

const project = "name: e2e\nruntime: nodejs\n";
export const projectWithPlugin = `${project}plugins:
  providers:
    - name: tencentcloud-redis
      path: node_modules/.bin
`;
