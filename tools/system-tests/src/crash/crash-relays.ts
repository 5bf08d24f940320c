import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, AdminApi, RELAY, startRelay } from '@segment-userleap/relay-driver';
import type { OwnStore, RelayProcess } from '@segment-userleap/relay-driver';

/** As `RELAY_DESTINATIONS` lists it. */
export interface DestinationEntry {
  readonly name: string;
  readonly writeKeys: readonly string[];
  readonly rateLimit: string;
  readonly settings: { readonly apiKey: string; readonly endpoint: string };
}

/** One relay or several on one store, which can be killed and started again. */
export class MortalRelays {
  /** Of any that listens. */
  readonly admin = new AdminApi(() => this.url ?? '');
  readonly #folder = mkdtempSync(join(tmpdir(), 'system-tests-'));
  readonly #env: Readonly<Record<string, string>>;
  readonly #processes = new Map<number, RelayProcess>();
  #startMs = 0;
  #calls = 0;

  constructor(
    private readonly store: Pick<OwnStore, 'env' | 'remove'>,
    private readonly count: number,
    destinations: readonly DestinationEntry[],
  ) {
    const file = join(this.#folder, 'destinations.json');
    writeFileSync(file, JSON.stringify(destinations));
    this.#env = { RELAY_DESTINATIONS: file, RELAY_ADMIN_TOKEN: ADMIN_TOKEN, ...store.env };
  }

  /** Of each that listens in turn, as a load balancer has it; undefined while none does. */
  get url(): string | undefined {
    const listening = [...this.#processes.values()];
    this.#calls += 1;
    return listening[this.#calls % listening.length]?.url;
  }

  /** How long the last start took. */
  get startMs(): number {
    return this.#startMs;
  }

  /** Starts those that are not there. */
  async start(): Promise<void> {
    for (let at = 0; at < this.count; at += 1) {
      if (this.#processes.has(at)) continue;
      const begunAt = performance.now();
      this.#processes.set(at, await startRelay(this.#env));
      this.#startMs = performance.now() - begunAt;
    }
  }

  /** True when each of them says that it takes events; undefined before. */
  async areReady(): Promise<true | undefined> {
    const ready = [...this.#processes.values()].map(async ({ url }) => (await fetch(`${url}/health/ready`)).ok);
    return (await Promise.all(ready)).every(Boolean) || undefined;
  }

  /** Kills one. */
  async kill(at: number): Promise<void> {
    const ended = this.#processes.get(at)?.end('SIGKILL');
    this.#processes.delete(at);
    await ended;
  }

  /** Ends all of them. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const processes = [...this.#processes.values()];
    this.#processes.clear();
    await Promise.all(processes.map((relay) => relay.end(signal)));
  }

  /** Starts a process and kills it so many milliseconds later, whatever it is at. */
  async startAndKill(afterMs: number): Promise<void> {
    const env = { PATH: process.env.PATH, PORT: '0', ...this.#env };
    const child = spawn(process.execPath, [RELAY], { env, stdio: 'ignore' });
    const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
    const code = await exit;
    clearTimeout(timer);
    if (code !== null) throw new Error(`the relay ended by itself during start-up, with ${code}`);
  }

  /** Ends the processes that there are, and removes the store. */
  async remove(): Promise<void> {
    await this.end('SIGKILL');
    await this.store.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
