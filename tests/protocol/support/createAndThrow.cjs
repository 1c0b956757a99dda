// Creates a resource like Pulumi, and catches nothing: Node.js prints the thrown value with all of its properties.
const { env } = require("node:process");

const { check, create } = require("pulumi-tencentcloud-redis/handlers");

const { inputs } = check({}, { instanceId: "crs-5a4py64p", region: "ap-guangzhou", password: env.PASSWORD });
void create({ ...inputs, timeoutSeconds: 1 });
