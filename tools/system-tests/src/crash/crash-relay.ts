import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN_TOKEN, AdminApi, ownStore, RELAY, startRelay } from '@segment-userleap/relay-driver';
import type { RelayProcess } from '@segment-userleap/relay-driver';

/** As `RELAY_DESTINATIONS` lists it. */
export interface DestinationEntry {
  readonly name: string;
  readonly writeKeys: readonly string[];
  readonly rateLimit: string;
  readonly settings: { readonly apiKey: string; readonly endpoint: string };
}

/** A relay that can be killed and started again on the same store. */
export class MortalRelay {
  readonly admin = new AdminApi(() => this.url ?? '');
  readonly #folder = mkdtempSync(join(tmpdir(), 'system-tests-'));
  readonly #store = ownStore();
  readonly #env: Readonly<Record<string, string>>;
  #process: RelayProcess | undefined;
  #startMs = 0;

  constructor(destinations: readonly DestinationEntry[]) {
    const file = join(this.#folder, 'destinations.json');
    writeFileSync(file, JSON.stringify(destinations));
    this.#env = { RELAY_DESTINATIONS: file, RELAY_ADMIN_TOKEN: ADMIN_TOKEN, ...this.#store.env };
  }

  /** Undefined while no process listens. */
  get url(): string | undefined {
    return this.#process?.url;
  }

  /** How long the last start took. */
  get startMs(): number {
    return this.#startMs;
  }

  async start(): Promise<void> {
    const begunAt = performance.now();
    this.#process = await startRelay(this.#env);
    this.#startMs = performance.now() - begunAt;
  }

  /** The signal is sent before this returns; resolves with the exit code when the process has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const ended = this.#process?.end(signal) ?? Promise.resolve(0);
    this.#process = undefined;
    return ended;
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

  /** Ends the process, if there is one, and removes the store. */
  async remove(): Promise<void> {
    await this.end('SIGKILL');
    await this.#store.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
