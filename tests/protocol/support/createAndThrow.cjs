// Creates a resource as Pulumi would, and catches nothing: Node prints what it is that was thrown, with all it holds.
const { env } = require("node:process");

const { check, create } = require("pulumi-tencentcloud-redis/handlers");

const { inputs } = check({}, { instanceId: "crs-5a4py64p", region: "ap-guangzhou", password: env.PASSWORD });
void create({ ...inputs, timeoutSeconds: 1 });
