import { redisActions, stsActions } from "../actions";
import type { Action } from "../actions/action";
import type { ApiKeys } from "../auth/apiKeys";
import { type Authorization, verifyAuthorization } from "../auth/authorization";
import { signedHosts } from "../auth/signature";
import type { Sts } from "../auth/sts";
import type { Faults } from "../faults/faults";
import type { Fault } from "../faults/parseFault";
import { account } from "../model/account";
import { type Region, type Regions, asSeenBy, findRegion, vendorHost } from "../model/regions";
import { type ApiRequest, commonParameter, requireCommonParameter } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { isLocalHost } from "../protocol/localHost";
import { parseParameters } from "../protocol/parameters";
import type { Clock } from "../system/clock";
import type { RequestQuota } from "./requestQuota";

/** What the API gives access to. */
export interface Cloud {
  readonly keys: ApiKeys;
  readonly regions: Regions;
  readonly sts: Sts;
  readonly quota: RequestQuota;
  /** What most actions are limited to; some have a documented multiple of it. */
  readonly requestsPerSecond: number;
  readonly clock: Clock;
  readonly faults: Faults;
}

interface Service {
  readonly name: string;
  readonly version: string;
}

const redisService: Service = { name: "redis", version: "2018-04-12" };
const stsService: Service = { name: "sts", version: "2018-08-13" };

/** Carries a request out, with a fault if there is one for it. @throws CloudError */
export type AdmittedCall = (fault: Fault | undefined) => CallResult;

export interface CallResult {
  readonly answer: Readonly<Record<string, unknown>>;
  /** The task that was started, whatever the answer says of it. */
  readonly taskId?: number;
}

/**
 * Finds out what a request asks for, and whether its sender may ask for it now.
 *
 * @throws CloudError
 */
export function admit(request: ApiRequest, cloud: Cloud): AdmittedCall {
  const { caller, signedFor } = verifyCaller(request, cloud);
  const name = requireCommonParameter(request, "Action");
  const redisAction = redisActions.get(name);
  const stsAction = stsActions.get(name);
  const service = redisAction ? redisService : stsService;
  if ((!redisAction && !stsAction) || !isServiceOf(request.host, service)) {
    throw new CloudError("InvalidAction", `The action \`${name}\` is invalid or not found.`);
  }
  requireScope(request.host, service, signedFor);
  if (requireCommonParameter(request, "Version") !== service.version) {
    throw new CloudError("NoSuchVersion", "The specified API version does not exist.");
  }
  const regionName = requireCommonParameter(request, "Region");
  const admitted = <Target>(action: Action<Target>, target: Target, region?: Region): AdmittedCall => {
    const { quota, requestsPerSecond } = cloud;
    const limit = requestsPerSecond * (action.quotaFactor ?? 1);
    quota.take({ account: caller.accountId, action: name, region: regionName }, limit, cloud.clock.elapsedMs());
    return (fault) => {
      if (fault?.kind === "error") throw new CloudError(fault.code, "The local cloud was told to answer so.");
      const parameters = parseParameters(request, action.parameters);
      const instance = region?.instances.get(parameters.InstanceId as string);
      if (fault?.subject === "instance") instance?.condition.set(fault);
      const wasPasswordFree = instance?.root.noAuth === true;
      const answer = {
        ...action.run(target, parameters, { caller, fault: fault?.subject === "task" ? fault : undefined }),
      };
      return action.startsTask ? taskStarted(answer, wasPasswordFree ? fault : undefined) : { answer };
    };
  };
  if (redisAction) {
    const region = asSeenBy(caller, findRegion(cloud.regions, regionName, request.host));
    return admitted(redisAction, region, region);
  }
  // The STS is the same everywhere.
  return admitted(stsAction as Action<Sts>, cloud.sts);
}

/** The vendor says that the id means nothing where a request leaves password-free mode; a fault says what it is then. */
function taskStarted(answer: { readonly TaskId?: number }, fault: Fault | undefined): CallResult {
  const { TaskId: taskId, ...others } = answer;
  if (fault?.kind !== "task-id") return { answer, taskId };
  return { answer: fault.taskId === undefined ? others : { ...others, TaskId: fault.taskId }, taskId };
}

/**
 * Some actions need no signature: such a request counts as one of this account. A page of the web could have its own
 * name resolved to this machine, and would then be given a key: only names that it cannot have are served.
 */
function verifyCaller(request: ApiRequest, { keys, clock }: Cloud): Authorization {
  const action = stsActions.get(commonParameter(request, "Action") ?? "");
  const isKnownHost = isLocalHost(request.host) || vendorHost(request.host) !== undefined;
  if (action?.unsigned && isKnownHost && request.headers.authorization === "SKIP") {
    return { caller: { accountId: account }, signedFor: undefined };
  }
  return verifyAuthorization(request, keys, clock.now().getTime() / 1000);
}

/** Each service has hosts of its own; a host on this machine stands for all of them. */
function isServiceOf(host: string, { name }: Service): boolean {
  const known = vendorHost(host);
  return !known || known.service.toLowerCase() === name;
}

/** Some of the vendor's clients take the service from the address: `127` for one on this machine. */
function requireScope(host: string, { name }: Service, signedFor: string | undefined): void {
  const fromAddress = vendorHost(host) ? [] : signedHosts(host).map((signedHost) => signedHost.split(".")[0]);
  if (signedFor === undefined || [name, ...fromAddress].includes(signedFor)) return;
  throw new CloudError("AuthFailure.SignatureFailure", "The signature is made for another service.");
}
