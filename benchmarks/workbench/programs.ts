import type { Who } from "../results/results";

/** The ids of the first `count` instances. */
export const instanceIds = (count: number): string[] => Array.from({ length: count }, (_, index) => `crs-${index}`);

/**
 * Returns the source of a Pulumi program with a number of resources. All kinds get the same inputs. Each password
 * starts with the environment variable PASSWORD, so a new value changes all of them.
 */
export function programSource(who: Who, count: number): string {
  return `
    const pulumi = require("@pulumi/pulumi");
    ${resources[who]}
    for (const instanceId of ${JSON.stringify(instanceIds(count))}) {
      const password = pulumi.secret(process.env.PASSWORD + instanceId);
      new Resource(instanceId, { instanceId, region: "ap-guangzhou", password });
    }
  `;
}

const ours = `
    const { RedisInstancePassword: Resource } = require("pulumi-tencentcloud-redis");`;

/** The smallest dynamic resource: it returns its inputs. */
const bare = `
    const provider = {
      async create(inputs) {
        return { id: inputs.instanceId, outs: inputs };
      },
      async update(id, olds, news) {
        return { outs: news };
      },
    };
    class Resource extends pulumi.dynamic.Resource {
      constructor(name, inputs) {
        super(provider, name, inputs);
      }
    }`;

/** The class that Pulumi generates for the plugin's schema, without its types. */
const plugin = `
    class Resource extends pulumi.CustomResource {
      constructor(name, { instanceId, password, region }) {
        const outputs = { requestId: undefined, resetAt: undefined, taskId: undefined };
        super("tencentcloud-redis:index:RedisInstancePassword", name, { instanceId, password, region, ...outputs }, {
          aliases: [{ type: "pulumi-nodejs:dynamic/tencentcloud:RedisInstancePassword" }],
        });
      }
    }`;

const resources: Readonly<Record<Who, string>> = { ours, plugin, bare };
