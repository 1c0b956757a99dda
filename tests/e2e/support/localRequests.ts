import { authorization } from "../../../provider/tencentcloud/transport/signature";
import type { FirstLine } from "./localCommand";
import { credentialsWith } from "../../support/credentials";

/** The parts of a request; each test changes one of them. */
export const documentedRequest = {
  action: "ResetPassword",
  version: "2018-04-12",
  region: "ap-guangzhou",
  body: { InstanceId: "crs-5a4py64p", Password: "zy456987" } as unknown,
  clockSeconds: 0,
  secretId: "",
  secretKey: "",
  afterSigning: (body: string) => body,
};

/** Signs and sends a request, and returns the content of its response. */
export async function send(cloud: FirstLine, changes: Partial<typeof documentedRequest> = {}) {
  const request = { ...documentedRequest, secretId: cloud.secretId, secretKey: cloud.secretKey, ...changes };
  const endpoint = new URL(cloud.endpoint);
  const timestamp = Math.floor(Date.now() / 1000) + request.clockSeconds;
  const body = typeof request.body === "string" ? request.body : JSON.stringify(request.body);
  const contentType = "application/json";
  const service = request.action.startsWith("Assume") ? "sts" : "redis";
  const toSign = { service, host: endpoint.host, action: request.action, contentType, body, timestamp };
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      Authorization: authorization(toSign, credentialsWith(request)),
      "Content-Type": contentType,
      "X-TC-Action": request.action,
      "X-TC-Version": request.version,
      "X-TC-Region": request.region,
      "X-TC-Timestamp": String(timestamp),
    },
    body: request.afterSigning(body),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  const { Response } = (await response.json()) as { Response: Record<string, unknown> & { RequestId: string } };
  expect(Response.RequestId).toMatch(/^[0-9a-f-]{36}$/);
  return Response as {
    Error?: { Code: string };
    TaskId?: number;
    Status?: string;
    InstanceSet?: unknown[];
    Accounts?: unknown[];
  };
}

/** Waits until a task has ended, and expects its success. */
export async function untilDone(cloud: FirstLine, TaskId: number, region = cloud.region): Promise<void> {
  expect(await untilEnded(cloud, TaskId, region)).toMatchObject({ Status: "succeed" });
}

export async function untilEnded(cloud: FirstLine, TaskId: number, region = cloud.region): Promise<object> {
  for (;;) {
    const task = await send(cloud, { action: "DescribeTaskInfo", region, body: { TaskId } });
    if (!["preparing", "running"].includes(task.Status ?? "")) return task;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
