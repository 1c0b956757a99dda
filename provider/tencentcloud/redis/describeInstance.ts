import type { Client } from "../client/client";
import { refusalKind } from "../errors/classify";
import type { Deadline } from "../retry/deadline";
import { missingField, requireList } from "../transport/responseFields";

/** The state of an instance, as far as it matters for its password. */
export interface InstanceStatus {
  /** Whether everyone can sign in without a password; undefined if the service does not say. */
  readonly isPasswordFree: boolean | undefined;
  /** `isolated` and `to be deleted` are permanent without the user; any other state is temporary or allows changes. */
  readonly condition: "usable" | "isolated" | "to be deleted";
}

/**
 * Reads an instance. Returns undefined if it does not exist: the service may respond to an unknown id with an empty
 * list or with an error.
 *
 * @param patienceMs how long a read that keeps failing is retried; by default until the deadline
 * @see https://cloud.tencent.com/document/api/239/20018
 */
export async function describeInstance(
  client: Client,
  instanceId: string,
  deadline: Deadline,
  patienceMs?: number,
): Promise<InstanceStatus | undefined> {
  const action = "DescribeInstances";
  const parameters = { InstanceId: instanceId };
  try {
    const response = await client({ action, parameters, deadline, patienceMs });
    const instances = requireList(action, response, "InstanceSet");
    if (instances.length === 0) return undefined;
    const found = instances.find(({ InstanceId }) => InstanceId === instanceId);
    // A list of other instances does not prove that this one is gone.
    if (!found) throw missingField(action, "InstanceId");
    const isPasswordFree = typeof found.NoAuth === "boolean" ? found.NoAuth : undefined;
    return { isPasswordFree, condition: conditions.get(found.Status) ?? "usable" };
  } catch (error) {
    if (refusalKind(error) === "notFound") return undefined;
    throw error;
  }
}

/** The service's numbers for instances that reject all changes until a user restores them. */
const conditions: ReadonlyMap<unknown, InstanceStatus["condition"]> = new Map([
  [-2, "isolated"],
  [-3, "to be deleted"],
]);
