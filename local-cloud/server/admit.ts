import { redisActions, stsActions } from "../actions";
import type { Action } from "../actions/action";
import { type Authorization, verifyAuthorization } from "../auth/authorization";
import { signedHosts } from "../auth/signature";
import type { Sts } from "../auth/sts";
import type { Fault } from "../faults/fault";
import { ownAccountId } from "../model/caller";
import { findRegion, restrictToCaller } from "../model/regions";
import { type ApiRequest, commonParameter, requireCommonParameter } from "../protocol/apiRequest";
import { CloudError } from "../protocol/cloudError";
import { isLocalHost } from "../protocol/localHost";
import { parseVendorHost } from "../protocol/vendorHost";
import { type CallResult, callAction } from "./callAction";
import type { Cloud } from "./cloud";

/** Carries out a request, with its fault if it has one. @throws CloudError */
export type AdmittedCall = (fault: Fault | undefined) => CallResult;

/**
 * Checks whether to carry out a request: its signature, action, version, region and quota, in this order.
 *
 * @throws CloudError
 */
export function admit(request: ApiRequest, cloud: Cloud): AdmittedCall {
  const { caller, signedFor } = verifyCaller(request, cloud);
  const name = requireCommonParameter(request, "Action");
  const service = findService(name, request.host);
  requireScope(request.host, service, signedFor);
  if (requireCommonParameter(request, "Version") !== service.version) {
    throw new CloudError("NoSuchVersion", "The specified API version does not exist.");
  }
  const regionName = requireCommonParameter(request, "Region");
  const takeQuota = ({ quotaFactor = 1 }: { readonly quotaFactor?: number }): void => {
    const subject = { account: caller.accountId, action: name, region: regionName };
    cloud.quota.take(subject, cloud.requestsPerSecond * quotaFactor, cloud.clock.elapsedMs());
  };
  const redisAction = redisActions.get(name);
  if (redisAction) {
    const region = restrictToCaller(caller, findRegion(cloud.regions, regionName, request.host));
    takeQuota(redisAction);
    return (fault) => callAction(redisAction, region, { request, caller, instances: region.instances }, fault);
  }
  // STS is the same in every region.
  const stsAction = stsActions.get(name) as Action<Sts>;
  takeQuota(stsAction);
  return (fault) => callAction(stsAction, cloud.sts, { request, caller }, fault);
}

interface Service {
  readonly name: string;
  readonly version: string;
  readonly actions: ReadonlyMap<string, unknown>;
}

const services: readonly Service[] = [
  { name: "redis", version: "2018-04-12", actions: redisActions },
  { name: "sts", version: "2018-08-13", actions: stsActions },
];

/**
 * Returns the service that has an action. Each service has its own hosts; a host on this machine serves all actions.
 *
 * @throws CloudError
 */
function findService(action: string, host: string): Service {
  const service = services.find(({ actions }) => actions.has(action));
  const vendorHost = parseVendorHost(host);
  if (service && (!vendorHost || vendorHost.service.toLowerCase() === service.name)) return service;
  throw new CloudError("InvalidAction", `The action \`${action}\` is invalid or not found.`);
}

/**
 * Accepts some actions without a signature, as requests of this cloud's own account. A web page could resolve its own
 * host name to this machine and then get a key, so only host names that a page cannot have are served.
 */
function verifyCaller(request: ApiRequest, { keys, clock }: Cloud): Authorization {
  const action = stsActions.get(commonParameter(request, "Action") ?? "");
  const isKnownHost = isLocalHost(request.host) || parseVendorHost(request.host) !== undefined;
  if (action?.unsigned && isKnownHost && request.headers.authorization === "SKIP") {
    return { caller: { accountId: ownAccountId }, signedFor: undefined };
  }
  return verifyAuthorization(request, keys, clock.now().getTime() / 1000);
}

/**
 * Rejects a signature for another service. Some of the vendor's clients take the service from the address: `127` for
 * one on this machine.
 */
function requireScope(host: string, { name }: Service, signedFor: string | undefined): void {
  const fromAddress = parseVendorHost(host) ? [] : signedHosts(host).map((signedHost) => signedHost.split(".")[0]);
  if (signedFor === undefined || [name, ...fromAddress].includes(signedFor)) return;
  throw new CloudError("AuthFailure.SignatureFailure", "The signature was made for another service.");
}
