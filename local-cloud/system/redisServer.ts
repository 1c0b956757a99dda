import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";

import { createClient } from "@redis/client";

import { startRedisProcess } from "./redisProcess";
import { startError } from "./startError";

/** A real Redis server on a free port of 127.0.0.1, in memory only. */
export interface RedisServer {
  readonly port: number;
  /** Changes who can sign in. Open connections stay open. */
  setLogins(logins: Logins): Promise<void>;
  /** Resolves with the reason once the server has ended. */
  readonly ended: Promise<string>;
  /** Ends the server and deletes its data. */
  stop(): Promise<void>;
}

/** Who can sign in to a Redis server. */
export interface Logins {
  /** The passwords that AUTH accepts without a name, for the default user; empty if no AUTH is required. */
  readonly passwords: readonly string[];
  /** The users that can sign in by AUTH with a name. An omitted user keeps its password. */
  readonly users: readonly RedisUser[];
}

interface RedisUser {
  readonly name: string;
  readonly password: string;
  /** The commands that the user may run, as rules of ACL SETUSER. */
  readonly commands: readonly string[];
}

/**
 * @param password the default user's; empty for none
 * @param findPort returns a port that is likely to be free; called again if the port is taken
 * @throws Error with one line if no server is installed, or it does not start
 */
export async function startRedisServer(password: string, findPort = findFreePort): Promise<RedisServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await findPort(), password);
    } catch (error) {
      if (attempt === 3 || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
}

async function startOn(port: number, initialPassword: string): Promise<RedisServer> {
  let password = initialPassword;
  const running = await startRedisProcess((folder) => configuration(port, password, folder));
  let administration: Administration | undefined;
  const change = async (next: Logins): Promise<void> => {
    // One connection for all changes: it stays authenticated if the password changes.
    if (!administration?.isReady) administration = await administrate(port, password);
    await applyLogins(administration, next);
    [password = ""] = next.passwords;
  };
  let changes: Promise<void> = Promise.resolve();
  return {
    port,
    ended: running.ended,
    setLogins(next) {
      // In order, so that the last change wins.
      const changed = changes.then(() => change(next));
      changes = changed.catch(() => undefined);
      return changed;
    },
    async stop() {
      if (administration?.isOpen) administration.destroy();
      await running.stop();
    },
  };
}

type Administration = Awaited<ReturnType<typeof administrate>>;

const administrate = (port: number, password: string) => createRedisClient(port, password).connect();

async function applyLogins(administration: Administration, { passwords, users }: Logins): Promise<void> {
  const rules = passwords.length === 0 ? ["nopass"] : ["resetpass", ...passwords.map((password) => `>${password}`)];
  await administration.aclSetUser("default", rules);
  for (const { name, password, commands } of users) {
    await administration.aclSetUser(name, ["on", "resetpass", `>${password}`, "allkeys", ...commands]);
    // Redis 6.0 rejects this rule, because it has no permissions for channels.
    await administration.aclSetUser(name, "allchannels").catch(() => undefined);
  }
}

/** Returns whether the server on a port accepts a password, tried on a new connection. */
export async function acceptsPassword(port: number, password: string): Promise<boolean> {
  const client = createRedisClient(port, password);
  try {
    await client.connect();
    await client.ping();
    return true;
  } catch (error) {
    if (error instanceof Error && /^(WRONGPASS|NOAUTH)/.test(error.message)) return false;
    throw error;
  } finally {
    if (client.isOpen) client.destroy();
  }
}

function createRedisClient(port: number, password: string) {
  // A small machine is slow while many servers start at the same time.
  const socket = { host: "127.0.0.1", port, connectTimeout: 60_000, reconnectStrategy: false as const };
  return createClient({ socket, ...(password ? { password } : {}) }).on("error", () => undefined);
}

/**
 * Returns the configuration, which is passed through a pipe: every user of the machine can read a process's arguments.
 */
function configuration(port: number, password: string, folder: string): string {
  return [
    "bind 127.0.0.1",
    `port ${port}`,
    'save ""',
    "appendonly no",
    // At the default of ten ticks per second, many idle servers overload a small machine.
    "hz 1",
    "dynamic-hz no",
    `dir ${quote(folder)}`,
    `requirepass ${quote(password)}`,
  ]
    .map((line) => `${line}\n`)
    .join("");
}

/** Quotes a string for the Redis configuration. */
function quote(text: string): string {
  return `"${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`;
}

/** Returns a port of 127.0.0.1 that is free now. Another process may take it before it is used. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening").catch((error: unknown) => {
    throw startError("looking for a free port", error);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
