import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import type { LocalCloudOptions } from "pulumi-tencentcloud-redis/local-cloud";

import type { CommandOptions, CommandResult } from "../../../tools/command";
import { type Canary, CanarySearch, type Find, randomPassword, randomSecretKey } from "./canaries";
import { Fixture } from "./fixture";
import { Gate } from "./gate";
import type { FrontEnd } from "./plugin";
import { LogKeys, isOfPulumi, unpacked } from "./packed";
import { commandLines, filesBelow, sampling, unlessGone } from "./watch";

/** A canary that was found, and where. */
export interface Found extends Find {
  readonly place: string;
}

/** Options that make Pulumi show secrets, or its messages to and from providers. */
const showingSecrets = /^--show-secrets$|^--debug$|^-v=|^--logtostderr$/;

/** A stack in which every secret is a canary, and a search through everything that its runs write or show. */
export class Hunt {
  /** The program's password, replaced by {@link newPassword}. */
  password = "";
  /** The account that the program's password is for: its name joined with the password is another secret. */
  account: string | undefined;
  readonly canaries: Canary[] = [];
  /** How much was searched, by place. */
  readonly searched = new Map<string, number>();
  private readonly search = new CanarySearch();
  private readonly found = new Map<string, Found>();
  /** The finds in lines that Pulumi itself writes about any resource's inputs. */
  readonly foundInLinesOfPulumi: Found[] = [];
  private readonly logKeys = new LogKeys();
  private readonly temporary = mkdtempSync(path.join(tmpdir(), "hunt-"));
  private readonly filesOfTheUser = new Set<string>();
  /** What was already searched: files by size and time, and command lines. */
  private readonly seen = new Set<string>();

  private constructor(
    readonly fixture: Fixture,
    readonly gate: Gate,
    readonly frontEnd: FrontEnd,
  ) {}

  /** Uses the password in the environment, unless the program takes another one. */
  static async create(
    source: string,
    cloudOptions: LocalCloudOptions = {},
    frontEnd: FrontEnd = "class",
  ): Promise<Hunt> {
    const secretKey = randomSecretKey();
    const fixture = await Fixture.create(source, { secretKey, ...cloudOptions }, frontEnd);
    fixture.unsearched = "the hunt searches more, and knows what Pulumi itself writes";
    let hunt: Hunt | undefined = undefined;
    const gate = await Gate.start(fixture.cloud.endpoint, (name, secret) => hunt?.add(`${name} of STS`, secret));
    hunt = new Hunt(fixture, gate, frontEnd);
    hunt.add("secret key", fixture.cloud.secretKey);
    hunt.newPassword();
    return hunt;
  }

  /** Adds a secret to the search from here on. One that was issued before counts once. */
  add(name: string, secret: string): string {
    if (this.canaries.some((canary) => canary.secret === secret)) return secret;
    const canary = { name: `${name} ${this.canaries.length + 1}`, secret };
    this.canaries.push(canary);
    this.search.add(canary);
    return secret;
  }

  newPassword(name = "password", secret = randomPassword()): string {
    this.password = this.add(name, secret);
    if (this.account !== undefined) this.add(`joined ${name}`, `${this.account}@${secret}`);
    return this.password;
  }

  /** Where requests are sent. */
  get endpoints(): NodeJS.ProcessEnv {
    return { TENCENTCLOUD_REDIS_ENDPOINT: this.gate.endpoint, TENCENTCLOUD_STS_ENDPOINT: this.gate.endpoint };
  }

  /** Runs `pulumi`, and searches its output, its temporary files and the processes' command lines. */
  async run(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
    options: CommandOptions = {},
  ): Promise<CommandResult> {
    const own = { TMPDIR: this.temporary, REDIS_PASSWORD: this.password, ...this.endpoints };
    const running = this.fixture.pulumi(args, { ...own, ...environment }, options);
    const result = await sampling(running, () => this.lookAtWhatIsThere());
    this.look(`stdout of pulumi ${args.join(" ")}`, result.stdout);
    this.look(`stderr of pulumi ${args.join(" ")}`, result.stderr);
    if (!args.some((arg) => showingSecrets.test(arg))) {
      this.lookForFingerprints(`what pulumi ${args.join(" ")} has shown`, result.stdout + result.stderr);
    }
    return result;
  }

  /** Sets a secret of the stack's config to a canary. Not by an argument, which every user could read. */
  async setConfig(name: string, secret: string): Promise<void> {
    this.add(`config ${name}`, secret);
    const set = await this.run(["config", "set", "--secret", name], {}, { input: secret });
    if (set.code !== 0) throw new Error(`pulumi config set has failed: ${set.stderr}`);
  }

  /** Writes a file of the user's below the home folder. It may contain secrets, so it is not searched. */
  writeOfTheUser(name: string, text: string): string {
    const file = path.join(this.fixture.stack.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    this.filesOfTheUser.add(file);
    return file;
  }

  /** Searches all remaining files, and returns all finds since the beginning. */
  async finds(): Promise<Found[]> {
    const { fixture } = this;
    for (const args of [
      ["stack", "export"],
      ["stack", "export", "--show-secrets"],
    ]) {
      const { stdout } = await fixture.stack.run(args);
      this.look(`pulumi ${args.join(" ")}`, stdout);
      if (!args.includes("--show-secrets")) this.lookForFingerprints(`pulumi ${args.join(" ")}`, stdout);
    }
    this.look("the cloud's log", fixture.requests.map((record) => `${JSON.stringify(record)}\n`).join(""));
    for (const folder of [fixture.stack.folder, fixture.folder, this.temporary]) this.lookAtFiles(folder, "");
    return [...this.found.values()];
  }

  async dispose(): Promise<void> {
    await this.gate.stop();
    await this.fixture.dispose();
    rmSync(this.temporary, { recursive: true, force: true });
  }

  private lookAtWhatIsThere(): void {
    for (const line of commandLines()) {
      if (!this.seen.has(line)) this.look("the command line of a process", line);
      this.seen.add(line);
    }
    this.lookAtFiles(this.temporary, "temporary, ");
  }

  private lookAtFiles(folder: string, when: string): void {
    const isLeftOut = (file: string) => path.basename(file) === "node_modules" || this.filesOfTheUser.has(file);
    for (const { file, stats } of filesBelow(folder, isLeftOut)) {
      const version = `${file} ${stats.size} ${stats.mtimeMs}`;
      if (this.seen.has(version)) continue;
      this.seen.add(version);
      const name = path.relative(folder, file);
      // Reports must not repeat a name that contains a secret.
      const place = this.look(`${when}the name of a file`, name) > 0 ? "a file of such a name" : `the file ${name}`;
      if (stats.isSymbolicLink())
        this.look(`${when}the target of ${place}`, unlessGone(() => readlinkSync(file)) ?? "");
      const content = stats.isFile() ? unlessGone(() => readFileSync(file)) : undefined;
      if (content) this.lookAtContent(when + place, content);
    }
  }

  private lookAtContent(place: string, content: Buffer): void {
    const { text, kind } = unpacked(content, () => this.logKeys.of(this.fixture.folder));
    if (kind !== "encrypted log") {
      this.look(kind === "plain" ? place : `${place}, unpacked`, text);
      return;
    }
    const where = "a log that Pulumi keeps, decrypted";
    for (const line of text.toString().split("\n")) {
      if (isOfPulumi(line))
        this.foundInLinesOfPulumi.push(...this.search.in(line).map((find) => ({ ...find, place: where })));
      else this.look(where, line);
    }
  }

  /**
   * A fingerprint allows guessing a password offline, so it is a secret, too. Pulumi's JSON output includes its debug
   * events, one of which is the full reply that the program gets for a resource, with secret outputs in plain text.
   */
  private lookForFingerprints(place: string, content: string): void {
    const isReply = /"prefix":"debug: ".*RegisterResource RPC finished/;
    const lines = content.split("\n").filter((line) => !isReply.test(line));
    const offset = lines.join("\n").search(/fingerprint v\d/);
    if (offset < 0) return;
    const find = { canary: "a fingerprint", spelling: "as it is", offset };
    this.found.set(`${place} ${find.canary}`, { ...find, place });
  }

  private look(place: string, content: Buffer | string): number {
    this.searched.set(place, (this.searched.get(place) ?? 0) + content.length);
    const finds = this.search.in(content);
    for (const find of finds) this.found.set(`${place} ${find.canary} ${find.spelling}`, { ...find, place });
    return finds.length;
  }
}
