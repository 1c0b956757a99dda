// Prints what Pulumi stores as `__provider` with every RedisInstancePassword. A separate program: Jest
// runs modules in a separate context, in which Pulumi's serializer does not recognize what belongs to Node.
const { stdout } = require("node:process");

const pulumi = require("@pulumi/pulumi");
const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");

pulumi.runtime.setMocks({
  call: () => ({}),
  newResource: ({ inputs }) => {
    stdout.write(inputs.__provider);
    return { id: "ap-guangzhou/crs-5a4py64p", state: inputs };
  },
});

new RedisInstancePassword("cache", { instanceId: "crs-5a4py64p", password: "zy456987", region: "ap-guangzhou" });
