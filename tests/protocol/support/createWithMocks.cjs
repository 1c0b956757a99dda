// A user's unit test with Pulumi's mocks and Node's fake timers, which are never advanced. It creates resources of one
// instance, one of them twice, and prints the names of each one's inputs.
const { stdout } = require("node:process");
const { mock } = require("node:test");

mock.timers.enable({ apis: ["setTimeout", "setInterval", "setImmediate", "Date"] });

const pulumi = require("@pulumi/pulumi");
const { RedisInstancePassword } = require("pulumi-tencentcloud-redis");

const args = { instanceId: "crs-5a4py64p", password: "zy456987", region: "ap-guangzhou" };

async function main() {
  const seen = [];
  await pulumi.runtime.setMocks({
    call: () => ({}),
    newResource: ({ name, inputs }) => {
      seen.push([name, ...Object.keys(inputs).sort()]);
      return { id: "ap-guangzhou/crs-5a4py64p", state: { ...inputs, taskId: seen.length } };
    },
  });
  for (const name of ["cache", "cache", "other"]) {
    const { taskId } = new RedisInstancePassword(name, args);
    await new Promise((resolve) => taskId.apply(resolve));
  }
  stdout.write(JSON.stringify(seen));
}

void main();
