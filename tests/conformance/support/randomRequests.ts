/** 1,000 requests of all kinds that can be signed, the same ones at each run. */
import type { RequestToSign } from "../../../provider/tencentcloud/transport/signature";
import { randomFrom } from "../../../tools/random";

export interface Case {
  readonly request: RequestToSign;
  readonly credentials: { readonly secretId: string; readonly secretKey: string };
}

const random = randomFrom(20180412);
const below = (end: number): number => Math.floor(random() * end);
const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
const many = (longest: number, make: () => string): string => Array.from({ length: below(longest + 1) }, make).join("");

const printable = (): string => String.fromCharCode(0x21 + below(0x5e));
/** Returns any character except surrogates: from all planes, including control characters. */
const unicode = (): string => {
  const code = pick([0x80, 0x800, 0xd800, 0x110000].map((end) => below(end)));
  return code >= 0xd800 && code < 0xe000 ? "�" : String.fromCodePoint(code);
};
/** Returns a lone surrogate, which is not valid text, but JSON may contain it. */
const surrogate = (): string => String.fromCharCode(0xd800 + below(0x800));

const bodies: readonly (() => string)[] = [
  () => "",
  () => "{}",
  () => JSON.stringify({ InstanceId: `crs-${many(8, printable)}`, Password: many(64, printable) }),
  () => JSON.stringify({ [many(10, unicode)]: many(200, unicode), Nested: { List: [below(2 ** 31), null, true] } }),
  () => many(300, unicode),
  () => many(20, surrogate),
  () => `${many(20, () => pick([" ", "\t", "\r", "\n", "\0"]))}{}\n`,
];
const largeBody = (): string => many(40, unicode).repeat(20_000);

// The SDK signs content types unchanged, the documentation in lower case: so they are lower case here.
const contentTypes: readonly (() => string)[] = [
  () => "application/json",
  () => "application/json; charset=utf-8",
  () => 'application/json;charset=utf-8;  odd="a , b"',
  () => `application/x-${many(60, printable).toLowerCase()}`,
  () => `text/plain; name=${many(30, unicode).toLowerCase()}x`.replace(/\s+/g, " "),
];

// Hosts have no port, which the documentation does not mention.
const hosts: readonly (() => string)[] = [
  () => "redis.tencentcloudapi.com",
  () => "redis.ap-shanghai-fsi.tencentcloudapi.com",
  () => "redis.intl.tencentcloudapi.com",
  () => "127.0.0.1",
  () => "[::1]",
  () => `a${below(1e9)}.xn--fiqs8s.example`,
];

const timestamps: readonly (() => number)[] = [
  () => below(4_000_000_000),
  () => below(40_000) * 86_400,
  () => below(40_000) * 86_400 + 86_399,
  () => Date.UTC(2024, 1, 29) / 1000 + below(86_400),
];

export const cases: readonly Case[] = Array.from({ length: 1000 }, (_, index): Case => ({
  request: {
    service: pick(["redis", "sts", "cvm", "127"]),
    host: pick(hosts)(),
    action: pick(["ResetPassword", "DescribeTaskInfo", many(40, unicode)]),
    contentType: pick(contentTypes)(),
    body: index % 200 === 0 ? largeBody() : pick(bodies)(),
    timestamp: pick(timestamps)(),
  },
  credentials: { secretId: `AKID${many(60, printable)}`, secretKey: many(80, printable) },
}));
