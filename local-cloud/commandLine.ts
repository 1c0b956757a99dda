import { openSync, writeSync } from "node:fs";
import { parseArgs } from "node:util";

import type { InstanceOptions, LocalCloudOptions } from "./options";

export const usage = `tencent-redis-local: the Redis API of Tencent Cloud on this machine, in front of real Redis servers

  --instance ID[@REGION][=PASSWORD]
                             an instance, repeatable; without PASSWORD it starts with a random one that
                             nobody knows, without REGION it is in the first one (default crs-5a4py64p)
  --region R                 a region that it serves, repeatable (default ap-guangzhou)
  --port N                   the port of the API on 127.0.0.1; 0 is any that is free (default 0)
  --secret-id ID             the API key that requests are signed with (default a random one)
  --secret-key KEY
  --role ARN                 a role that can be assumed, repeatable (default any)
  --web-identity-token T     the token that AssumeRoleWithWebIdentity accepts (default any that is not expired)
  --cvm-role NAME            the role that the metadata service tells of (default none)
  --temporary-key-seconds S  the longest that temporary keys last (default 7200)
  --task-seconds S           how long a task takes (default 1)
  --requests-per-second N    how many requests of one action and region are served in a second (default 20);
                             DescribeTaskList five times that, AssumeRole thirty times
  --time-zone HOURS          how far the times of the Redis API are ahead of UTC (default 8); --time-zone=-5 is
                             behind it
  --password-time MODE       PasswordLastModifiedTime of root: kept moves with each change of the password, stays
                             moves with ModifyInstanceAccount only, empty is always empty (default kept)
  --fault ACTION=KIND[*N]    something that goes wrong, repeatable: with all requests of that action, or the next N
                               drop-response      done, then the connection is closed without an answer
                               refuse             the connection is closed before anything is done
                               delay:SECONDS      done at once, answered so much later
                               error:CODE         not done, answered with that code
                               http:STATUS        not done, answered with that HTTP status and HTML
                               garbage            done, answered with JSON that is broken off
                               task-fail:MESSAGE  the task that it starts fails, with that message
                               task-error         that task ends with the status error
                               task-stuck         that task runs for ever
                               task-slow:SECONDS  that task takes so long
                               task-forgotten     answered with the id of a task that does not exist
                               task-id:ID         a reset that leaves password-free mode is answered with this id;
                                                  none for no id at all
                               locked:SECONDS     the instance cannot be changed for so long
                               isolated, deleted  the instance is isolated, or to be deleted
                               gone               the instance no longer exists
  --log FILE                 append a JSON line for each request: time, action, code, requestId, taskId, fault
  --help

The first line on standard output is JSON: where the API and the Redis servers listen, and the API key.
On a terminal each request is a line on standard error, in colour unless NO_COLOR is set.
SIGTERM and SIGINT end everything.
`;

/** @throws Error with a sentence for the person who typed the options */
export function parseOptions(args: readonly string[]): LocalCloudOptions | undefined {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return undefined;
  return {
    instances: values.instance && parseInstances(values.instance),
    region: values.region,
    port: numberOption("--port", values.port),
    secretId: values["secret-id"],
    secretKey: values["secret-key"],
    roles: values.role,
    webIdentityToken: values["web-identity-token"],
    cvmRole: values["cvm-role"],
    temporaryKeySeconds: numberOption("--temporary-key-seconds", values["temporary-key-seconds"]),
    taskSeconds: numberOption("--task-seconds", values["task-seconds"]),
    requestsPerSecond: numberOption("--requests-per-second", values["requests-per-second"]),
    faults: values.fault,
    timeZoneHours: numberOption("--time-zone", values["time-zone"], -12),
    // Whether it is one of them is checked with all other options.
    passwordTime: values["password-time"] as LocalCloudOptions["passwordTime"],
    onRequest: values.log === undefined ? undefined : logTo(values.log),
  };
}

/** What the command understands. */
export const options = {
  instance: { type: "string", multiple: true },
  region: { type: "string", multiple: true },
  port: { type: "string" },
  "secret-id": { type: "string" },
  "secret-key": { type: "string" },
  role: { type: "string", multiple: true },
  "web-identity-token": { type: "string" },
  "cvm-role": { type: "string" },
  "temporary-key-seconds": { type: "string" },
  "task-seconds": { type: "string" },
  "requests-per-second": { type: "string" },
  fault: { type: "string", multiple: true },
  "time-zone": { type: "string" },
  "password-time": { type: "string" },
  log: { type: "string" },
  help: { type: "boolean" },
} as const;

function parseInstance(text: string): [id: string, options: InstanceOptions] {
  const { id, region, password } =
    /^(?<id>[^=@]+)(?:@(?<region>[^=]+))?(?:=(?<password>.*))?$/s.exec(text)?.groups ?? {};
  if (id === undefined) throw new Error("--instance must be ID, ID=PASSWORD or ID@REGION=PASSWORD");
  return [id, { region, password }];
}

/** @throws Error when one is given twice: which of the two was meant? */
function parseInstances(texts: readonly string[]): Record<string, InstanceOptions> {
  const instances = texts.map(parseInstance);
  const twice = instances.find(([id], index) => instances.findIndex(([other]) => other === id) !== index);
  if (twice) throw new Error(`--instance ${twice[0]} is given twice`);
  return Object.fromEntries(instances);
}

/** Opens the file at once: it would be late to find out at the first request that it cannot be written. */
function logTo(file: string): NonNullable<LocalCloudOptions["onRequest"]> {
  const descriptor = openSync(file, "a");
  return (record) => writeSync(descriptor, `${JSON.stringify(record)}\n`);
}

function numberOption(name: string, text: string | undefined, least = 0): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? NaN : Number(text);
  if (!(value >= least && value < Infinity)) throw new Error(`${name} must be a number, ${least} or more`);
  return value;
}
