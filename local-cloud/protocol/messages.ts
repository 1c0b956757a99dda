import type { CloudError } from "./cloudError";

/** Returns the message of an error in the requested language: Chinese for `zh-CN`, else English. */
export const localizeMessage = (language: string | undefined, { code, message }: CloudError): string =>
  language === "zh-CN" ? `${translateCode(code)}（${code}）` : message;

/** Translates a code in general terms: by the whole code, otherwise by its first part. */
const translateCode = (code: string): string => {
  const [kind = code] = code.split(".");
  return chineseMessages.get(code) ?? chineseMessages.get(kind) ?? "请求失败";
};

const chineseMessages: ReadonlyMap<string, string> = new Map([
  ["AuthFailure", "身份验证失败"],
  ["AuthFailure.SignatureExpire", "签名已过期，请检查本机时间"],
  ["AuthFailure.TokenFailure", "token 错误"],
  ["FailedOperation", "操作失败"],
  ["InternalError", "内部错误"],
  ["InvalidAction", "接口不存在"],
  ["InvalidParameter", "参数错误"],
  ["InvalidParameterValue", "参数取值错误"],
  ["InvalidRequest", "请求格式错误"],
  ["LimitExceeded", "超过配额限制"],
  ["MissingParameter", "缺少参数"],
  ["NoSuchVersion", "接口版本不存在"],
  ["RequestLimitExceeded", "请求过于频繁"],
  ["RequestSizeLimitExceeded", "请求过大"],
  ["ResourceInUse", "资源被占用"],
  ["ResourceInsufficient", "资源不足"],
  ["ResourceNotFound", "资源不存在"],
  ["ResourceUnavailable", "资源不可用"],
  ["ResourcesSoldOut", "资源售罄"],
  ["UnauthorizedOperation", "未授权操作"],
  ["UnknownParameter", "未知参数"],
  ["UnsupportedOperation", "操作不支持"],
  ["UnsupportedProtocol", "不支持的请求方法"],
  ["UnsupportedRegion", "不支持的地域"],
]);
