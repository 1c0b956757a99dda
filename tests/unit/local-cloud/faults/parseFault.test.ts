import { parseFault } from "../../../../local-cloud/faults/parseFault";

it.each([
  ["ResetPassword=drop-response", { subject: "request", kind: "drop-response" }, Infinity],
  ["AssumeRole=refuse*2", { subject: "request", kind: "refuse" }, 2],
  ["DescribeTaskInfo=delay:0.5*10", { subject: "request", kind: "delay", seconds: 0.5 }, 10],
  ["DescribeTaskList=error:InternalError", { subject: "request", kind: "error", code: "InternalError" }, Infinity],
  [
    "ResetPassword=error:ResourceInUse.InstanceBeenLocked*1",
    { subject: "request", kind: "error", code: "ResourceInUse.InstanceBeenLocked" },
    1,
  ],
  ["AssumeRoleWithWebIdentity=http:502*3", { subject: "request", kind: "http", status: 502 }, 3],
  ["DescribeInstances=garbage", { subject: "request", kind: "garbage" }, Infinity],
  [
    "ResetPassword=task-fail:5 * 3 = 15: no\nway*",
    { subject: "task", kind: "task-fail", message: "5 * 3 = 15: no\nway*" },
    Infinity,
  ],
  ["ResetPassword=task-fail:a*b*2", { subject: "task", kind: "task-fail", message: "a*b" }, 2],
  ["ResetPassword=task-fail:", { subject: "task", kind: "task-fail", message: "" }, Infinity],
  ["ModifyInstanceAccount=task-error", { subject: "task", kind: "task-error" }, Infinity],
  ["ModifyInstanceAccount=task-stuck*1", { subject: "task", kind: "task-stuck" }, 1],
  ["ResetPassword=task-slow:86400", { subject: "task", kind: "task-slow", seconds: 86_400 }, Infinity],
  ["ResetPassword=task-id:0", { subject: "task", kind: "task-id", taskId: 0 }, Infinity],
  ["ResetPassword=task-id:-1*1", { subject: "task", kind: "task-id", taskId: -1 }, 1],
  ["ModifyInstanceAccount=task-id:none", { subject: "task", kind: "task-id", taskId: undefined }, Infinity],
  ["ResetPassword=task-forgotten*2", { subject: "task", kind: "task-forgotten" }, 2],
  ["DescribeInstances=gone*1", { subject: "instance", kind: "gone" }, 1],
  ["DescribeInstances=locked:0", { subject: "instance", kind: "locked", seconds: 0 }, Infinity],
  ["DescribeTaskList=isolated", { subject: "instance", kind: "isolated" }, Infinity],
  ["DescribeInstanceAccount=deleted", { subject: "instance", kind: "deleted" }, Infinity],
])("reads %j", (text, fault, count) => {
  expect(parseFault(text)).toEqual({ action: text.split("=")[0], fault, count });
});

const form = "a fault must be ACTION=KIND or ACTION=KIND*N";
const action =
  "a fault's ACTION must be one of ResetPassword, DescribeTaskInfo, DescribeTaskList, DescribeInstances, " +
  "DescribeInstanceAccount, ModifyInstanceAccount, AssumeRole, AssumeRoleWithWebIdentity, GetCallerIdentity";
const kind =
  "a fault's KIND must be one of drop-response, refuse, delay, error, http, garbage, task-fail, task-error, " +
  "task-stuck, task-slow, task-id, task-forgotten, locked, isolated, deleted, gone";
const taskOnly = "is only for actions that start a task: ResetPassword, ModifyInstanceAccount";
const instanceOnly =
  "is only for actions that take an InstanceId: ResetPassword, DescribeTaskList, DescribeInstances, " +
  "DescribeInstanceAccount, ModifyInstanceAccount";

it.each([
  ["", form],
  ["ResetPassword", form],
  ["ResetPassword=", form],
  ["=refuse", form],
  ["ResetPassword=refuse*", form],
  ["ResetPassword=refuse*many", form],
  ["ResetPassword=refuse*-1", form],
  ["ResetPassword=refuse*0", "a fault's N must be 1 or more"],
  ["resetPassword=refuse", action],
  ["CreateInstances=refuse", action],
  ["ResetPassword=explode", kind],
  ["ResetPassword=constructor", kind],
  ["ResetPassword= refuse", kind],
  ["ResetPassword=refuse:1", "this fault must be refuse without a value"],
  ["ResetPassword=task-stuck:", "this fault must be task-stuck without a value"],
  ["ResetPassword=delay", "this fault must be delay:SECONDS, from 0 to 86400"],
  ["ResetPassword=delay:soon", "this fault must be delay:SECONDS, from 0 to 86400"],
  ["ResetPassword=task-slow:-1", "this fault must be task-slow:SECONDS, from 0 to 86400"],
  ["ResetPassword=locked:86401", "this fault must be locked:SECONDS, from 0 to 86400"],
  ["ResetPassword=locked:5*many", "this fault must be locked:SECONDS, from 0 to 86400"],
  ["ResetPassword=error", "this fault must be error:CODE, as in error:InternalError"],
  ["ResetPassword=error:no code", "this fault must be error:CODE, as in error:InternalError"],
  ["ResetPassword=http:399", "this fault must be http:STATUS, from 400 to 599"],
  ["ResetPassword=http:600", "this fault must be http:STATUS, from 400 to 599"],
  ["ResetPassword=http:5020", "this fault must be http:STATUS, from 400 to 599"],
  ["ResetPassword=task-id", "this fault must be task-id:NUMBER or task-id:none"],
  ["ResetPassword=task-id:1.5", "this fault must be task-id:NUMBER or task-id:none"],
  ["ResetPassword=task-forgotten:1", "this fault must be task-forgotten without a value"],
  ["ResetPassword=task-fail", "this fault must be task-fail:MESSAGE"],
  ["DescribeTaskInfo=task-stuck", `the fault task-stuck ${taskOnly}`],
  ["AssumeRole=task-fail:no", `the fault task-fail ${taskOnly}`],
  ["DescribeTaskList=task-forgotten", `the fault task-forgotten ${taskOnly}`],
  ["AssumeRole=task-id:0", `the fault task-id ${taskOnly}`],
  ["GetCallerIdentity=gone", `the fault gone ${instanceOnly}`],
  ["DescribeTaskInfo=deleted", `the fault deleted ${instanceOnly}`],
  ["AssumeRole=locked:1", `the fault locked ${instanceOnly}`],
])("refuses %j", (text, message) => {
  expect(() => parseFault(text)).toThrow(new Error(message));
});
