import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox } from '@segment-userleap/userleap-sandbox';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, AdminApi, startRelay } from '@segment-userleap/relay-driver';
import type { RelayProcess } from '@segment-userleap/relay-driver';
import { apiKeyOf, TestedDestination, writeKeyOf } from '../tested-destination';

/** How many relays share the store. */
export const REPLICAS = 3;

export interface ReplicasPlan {
  /** Of the database's superuser. */
  readonly database: string;
  /** Of a store of their own. */
  readonly schema: string;
  /** As `RELAY_LEASE` has it. */
  readonly lease: string;
  /** Each with a sandbox of its own, which has the same limit. */
  readonly destinations: readonly string[];
  readonly limit?: { readonly requests: number; readonly windowMs: number };
  /** For how many users each may send in a month. */
  readonly monthlyUsers?: number;
}

/** Three relays on one store in PostgreSQL, as they run behind a load balancer. */
export class Replicas {
  readonly #processes: RelayProcess[] = [];
  readonly #sandboxes = new Map<string, Sandbox>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'system-tests-'));
  #limit: ReplicasPlan['limit'];
  #earlierOutput = '';
  #calls = 0;

  private constructor(private readonly env: Readonly<Record<string, string>>) {}

  static async start({ database, schema, lease, destinations, limit, monthlyUsers }: ReplicasPlan): Promise<Replicas> {
    const store = { DATABASE_URL: database, RELAY_DATABASE_SCHEMA: schema, RELAY_LEASE: lease };
    const replicas = new Replicas({ ...store, RELAY_ADMIN_TOKEN: ADMIN_TOKEN });
    try {
      for (const name of destinations) await replicas.#addDestination(name, limit);
      replicas.#limit = limit;
      replicas.setMonthlyUsers(monthlyUsers);
      await Promise.all(Array.from({ length: REPLICAS }, (_, at) => replicas.startAgain(at)));
      return replicas;
    } catch (error) {
      await replicas.stop();
      throw error;
    }
  }

  /** Where the next call goes: to each in turn, also to one that has ended. */
  nextUrl(): string {
    this.#calls += 1;
    return this.at(this.#calls % REPLICAS).url;
  }

  /** The admin API of one. */
  adminOf(at: number): AdminApi {
    return new AdminApi(() => this.at(at).url);
  }

  /** One of them, counted from 0. */
  at(at: number): RelayProcess {
    const relay = this.#processes[at];
    if (!relay) throw new Error(`there is no replica ${at}`);
    return relay;
  }

  /** A destination; its calls go to one of them, the first unless given. */
  of(name: string, at = 0): TestedDestination {
    const sandbox = this.#sandboxes.get(name);
    if (!sandbox) throw new Error(`there is no destination ${name}`);
    return new TestedDestination(name, sandbox, this.adminOf(at), () => this.at(at).url);
  }

  /** Hands an Identify of each user to one of them. */
  identify(at: number, name: string, userIds: readonly string[]): Promise<void> {
    return this.of(name, at).accept(userIds.map((userId) => ({ type: 'identify', userId, traits: { plan: 'pro' } })));
  }

  /** A process in the place of one that has ended. */
  async startAgain(at: number): Promise<void> {
    this.#earlierOutput += this.#processes[at]?.output() ?? '';
    this.#processes[at] = await startRelay({ ...this.env, RELAY_DESTINATIONS: this.#file });
  }

  /** Of those that are started from now on. */
  setMonthlyUsers(monthlyUsers: number | undefined): void {
    const limit = this.#limit;
    const entries = [...this.#sandboxes].map(([name, sandbox]) => ({
      name,
      writeKeys: [writeKeyOf(name)],
      ...(limit ? { rateLimit: `${limit.requests}/${limit.windowMs / 1000}s` } : {}),
      monthlyUsers,
      settings: { apiKey: apiKeyOf(name), endpoint: sandbox.url },
    }));
    writeFileSync(this.#file, JSON.stringify(entries));
  }

  /** From now on until it is let go on it does nothing at all, though its connections stay. */
  freeze(at: number): void {
    process.kill(this.at(at).pid, 'SIGSTOP');
  }

  letGoOn(at: number): void {
    process.kill(this.at(at).pid, 'SIGCONT');
  }

  /** Everything that they wrote to their logs. */
  output(): string {
    return [this.#earlierOutput, ...this.#processes.map((relay) => relay.output())].join('');
  }

  /** None of them may be frozen. */
  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((relay) => relay.end('SIGTERM')));
    await Promise.all([...this.#sandboxes.values()].map((sandbox) => sandbox.close()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.#folder, 'destinations.json');
  }

  async #addDestination(name: string, limit: ReplicasPlan['limit']): Promise<void> {
    const sandbox = await startSandbox({ applyDelayMs: 0, ...(limit ? { rateLimit: limit } : {}) });
    this.#sandboxes.set(name, sandbox);
  }
}
