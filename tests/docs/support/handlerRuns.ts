import { TransportError } from "../../../provider/tencentcloud/errors/errors";
import {
  type Answers,
  type Fields,
  accountChange,
  handlersOn,
  listAccounts,
  listTasks,
  refusal,
  serviceTime,
  task,
  unfinished,
} from "../../unit/support/fakeService";
import { makeFingerprint, id, newPassword, program, state, unknown, without } from "../../unit/support/resource";

export type HandlerRun = [heading: string, answers: Answers, ...acts: Act[]];

type Handlers = ReturnType<typeof handlersOn>;
type Act = (handlers: Handlers) => unknown;

const refused = (changes: object, olds: object = {}): Act => {
  return ({ check, lines }) => {
    const { failures = [] } = check(olds, program(changes));
    lines.push(...failures.map(({ reason }) => reason));
  };
};
const checkNew =
  (changes: object = {}): Act =>
  ({ check }) =>
    check({}, program(changes));
const update =
  (olds: object = {}, changes: object = { password: newPassword }): Act =>
  ({ update: change, checked }) =>
    change(id, state(olds), checked(changes));
const create =
  (changes: object = {}): Act =>
  ({ create: make, checked }) =>
    make(checked(changes));
const diff =
  (changes: object): Act =>
  ({ diff: compare, checked }) =>
    compare(id, state(), checked(changes));
const moveFromPlugin: Act = ({ diff: compare, checked }) => compare(id, without(state(), "__provider"), checked());
const diffAfterImport: Act = ({ diff: compare, checked }) =>
  compare(id, without(state({ account: "app" }), "passwordFingerprint"), checked());
const read =
  (olds: object = {}, urnId = id): Act =>
  ({ read: refresh }) =>
    refresh(urnId, state(olds));
const remove =
  (olds: object): Act =>
  (handlers) =>
    handlers.delete(id, state(olds));

const won = task(99, { EndTime: serviceTime(9) });
const ours = task(100, { EndTime: serviceTime(5) });
const again = task(101, { StartTime: serviceTime(10), EndTime: serviceTime(11) });
const wonAgain = task(102, { StartTime: serviceTime(12), EndTime: serviceTime(13) });
const adoption = { onCreate: "adopt" };
const forgotten = refusal("InvalidParameter.InvalidParameter");
const old = unfinished(99, { StartTime: serviceTime(-90_000) });
const ignored = { password: makeFingerprint("known-to-no-run-3") };

/** Runs that make the handlers print the lines below each heading of docs/troubleshooting.md. */
export const handlerRuns: readonly HandlerRun[] = [
  [
    "The password will be set",
    {},
    checkNew(),
    checkNew({ account: unknown }),
    checkNew({ ...adoption, account: unknown }),
  ],
  ["The instance will be adopted", {}, checkNew(adoption)],
  ["The password will be reset", {}, diff({ password: newPassword })],
  ["The resource will be replaced", {}, diff({ instanceId: "crs-another1" })],
  ["The resource moves from the plugin to the class", {}, moveFromPlugin],
  ["The password was reset", {}, create()],
  ["The instance was adopted", {}, create(adoption)],
  ["The resource was deleted", {}, remove({})],
  [
    "The password of a deleted resource is uncertain",
    {},
    remove({ status: "pending" }),
    remove({ status: "failed" }),
    create({ ...adoption, password: newPassword }),
    remove({}),
  ],
  [
    "The reset is tried again",
    { ResetPassword: [refusal("RequestLimitExceeded"), { TaskId: 100 }] },
    create({ timeoutSeconds: 600 }),
  ],
  [
    "No connection, or no usable response",
    {
      ResetPassword: new TransportError("ResetPassword", "refused", "connect ECONNREFUSED"),
      DescribeInstances: new TransportError("DescribeInstances", "unusable", "other side closed"),
    },
    create(),
    read(),
  ],
  [
    "The changed account is unknown",
    { DescribeTaskList: listTasks(accountChange(16657)) },
    read({ newestTaskId: 11111 }),
  ],
  ["A task is older than a day", { DescribeTaskList: listTasks(old) }, create()],
  [
    "The service does not know the task",
    {
      ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }],
      DescribeTaskInfo: ({ TaskId }) => (TaskId === 100 ? forgotten : { Status: "succeed", StartTime: serviceTime(0) }),
    },
    create(),
  ],
  [
    "The password was overwritten again",
    {
      ResetPassword: [{ TaskId: 100 }, { TaskId: 101 }],
      DescribeTaskList: [
        listTasks(),
        ...Array<Fields>(3).fill(listTasks(ours, won)),
        listTasks(wonAgain, again, ours, won),
      ],
    },
    create(),
  ],
  [
    "The password cannot be sent again",
    { DescribeInstances: { InstanceSet: [{ InstanceId: "crs-5a4py64p", Status: 2, NoAuth: true }] } },
    ({ update: change, check }) => {
      const recorded = program(ignored);
      const news = check(recorded, recorded).inputs as Parameters<typeof change>[2];
      return change(id, state({ status: "pending", passwordFingerprint: ignored.password }), news);
    },
  ],
  [
    "An input is wrong",
    {},
    refused({ instanceId: "?", region: "?", password: undefined, triggers: { month: 1 }, other: 1 }),
  ],
  ["A fingerprint is given as the password", {}, refused(ignored)],
  ["The password is long", {}, checkNew({ password: `${"a".repeat(32)}1` })],
  ["The password has an @", {}, checkNew({ password: "user@example-1" })],
  [
    "Two resources have one account",
    {},
    refused({ __conflict: ["cache", "session"] }),
    create({ __claim: 1 }),
    refused({ __claim: 2 }),
  ],
  [
    "Another change of the instance is in progress",
    { ResetPassword: { TaskId: 101 } },
    (handlers) => Promise.all([create({ account: "app" })(handlers), create()(handlers)]),
  ],
  [
    "The instance does not have the account",
    { DescribeInstanceAccount: listAccounts({ root: "" }) },
    create({ account: "app" }),
  ],
  ["The instance cannot be changed in place", {}, update({}, { instanceId: "crs-another1" })],
  ["The program does not match the import", {}, diffAfterImport],
  ["The id is not one of this package", {}, read({}, "crs-5a4py64p")],
  ["A newer version wrote the state", {}, read({ stateVersion: 2 })],
  ["A source of credentials is broken", {}, create()],
  ["There are no credentials", {}, create()],
  ["An endpoint is wrong", {}, create()],
  ["The next up resets the password", { DescribeTaskList: listTasks(unfinished(22222)) }, read()],
  ["Another task may set the password to adopt", { DescribeTaskList: listTasks(unfinished(99)) }, create(adoption)],
];

/** Returns the environment for an entry that depends on it. */
export function worldFor(heading: string): Parameters<typeof handlersOn>[1] {
  const key = { TENCENTCLOUD_SECRET_ID: "AKIDexample", TENCENTCLOUD_SECRET_KEY: "exampleKey" };
  const environments: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "A source of credentials is broken": { TENCENTCLOUD_SECRET_ID: "AKIDexample" },
    "There are no credentials": { TENCENTCLOUD_METADATA_ENDPOINT: "http://127.0.0.1:1" },
    "An endpoint is wrong": { ...key, TENCENTCLOUD_REDIS_ENDPOINT: "nowhere" },
  };
  const environment = environments[heading];
  return environment ? { environment: (name) => environment[name] } : {};
}
