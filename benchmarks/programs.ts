import type { Who } from "./results";

/** The instances that the programs name: the first ones of these. */
export const instanceIds = (count: number): string[] => Array.from({ length: count }, (_, index) => `crs-${index}`);

/**
 * The source of a Pulumi program with so many resources. Both kinds get the same inputs; what the environment holds as
 * PASSWORD is a part of each password, so that another one changes them all.
 */
export function programOf(who: Who, resources: number): string {
  return `
    const pulumi = require("@pulumi/pulumi");
    ${who === "ours" ? ours : bare}
    for (const instanceId of ${JSON.stringify(instanceIds(resources))}) {
      const password = pulumi.secret(process.env.PASSWORD + instanceId);
      new Resource(instanceId, { instanceId, region: "ap-guangzhou", password });
    }
  `;
}

const ours = `const { RedisInstancePassword: Resource } = require("pulumi-tencentcloud-redis");`;

/** The least that a dynamic resource can do: it returns its inputs. */
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
