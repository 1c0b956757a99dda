// Makes the calls that its input asks for with the vendor's Node.js SDK, one a line, and prints a line for each outcome.
const path = require("node:path");
const process = require("node:process");
const { createInterface } = require("node:readline");

const services = path.join(process.argv[2], "node_modules/tencentcloud-sdk-nodejs/tencentcloud/services");
const clients = {
  redis: require(path.join(services, "redis")).redis.v20180412.Client,
  sts: require(path.join(services, "sts")).sts.v20180813.Client,
};

async function awaitOutcome({
  service,
  action,
  parameters,
  endpoint,
  region,
  credential,
  method,
  signMethod,
  language,
}) {
  const httpProfile = { endpoint, protocol: "http://", reqMethod: method, reqTimeout: 10 };
  const client = new clients[service]({ credential, region, profile: { signMethod, httpProfile, language } });
  try {
    return { answer: await client[action](parameters) };
  } catch (error) {
    const { code, requestId, message } = error;
    return { error: { type: error.constructor.name, code, requestId, message } };
  }
}

async function run() {
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await awaitOutcome(JSON.parse(line)))}\n`);
  }
}

void run();
