import type { ReadResult } from "@pulumi/pulumi/dynamic";

import { driftOf } from "./drift";
import { oneLine, sentence, withoutStack } from "./errors";
import { reasonOf } from "./plan";
import { serviceFor } from "./reset";
import type { Session } from "./session";
import { type State, requireKnownState } from "./state";
import { describeInstance } from "./tencentcloud/redis";

/**
 * Whether the instance is still there, and whether its password may have been set by somebody else since. A reset that
 * is pending or in doubt stays so: the next up deals with it.
 */
export async function refresh(session: Session, id: string, props: State): Promise<ReadResult> {
  requireKnownState(props);
  try {
    return await compare(session, id, props);
  } catch (error) {
    throw withoutStack(error);
  }
}

async function compare(session: Session, id: string, props: State): Promise<ReadResult> {
  const [region, instanceId] = id.split("/");
  if (!region || !instanceId) throw sentence(`The id ${oneLine(id)} is not one of this package: <region>/<instanceId>`);
  const deadline = session.deadlineIn(readSeconds);
  const service = serviceFor(session, { instanceId, region, profile: props.profile }, deadline);
  const { client, tell } = service;
  const instance = await describeInstance(client, instanceId, deadline);
  if (!instance) {
    tell("is gone");
    return { id: "" };
  }
  if (props.status !== "done") {
    tell(props.status === "pending" ? willBeCompleted(props) : willBeReset(reasonOf(props)));
    return { id, props };
  }
  const reason = await driftOf(service, instance, props);
  if (reason === undefined) return { id, props };
  tell(willBeReset(reason));
  return { id, props: { ...props, status: "drifted", reason } };
}

const willBeCompleted = ({ taskId }: State): string =>
  `the next pulumi up waits for the last reset (task ${taskId} had not ended)`;

const willBeReset = (reason: string): string => `${reason}; the next pulumi up resets the password`;

/** A refresh waits so long for its answers. */
const readSeconds = 60;
