import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox, SandboxOptions } from '@segment-userleap/userleap-sandbox';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRelay } from './relay-process';
import type { RelayProcess } from './relay-process';
import { API_KEY } from './scripted-sandbox';
import { until } from './until';

export const WRITE_KEY = 'contract-tests-write-key';
const ADMIN_TOKEN = 'contract-tests-admin';

/** What the admin API says of an event. */
interface EventRecord {
  readonly messageId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly attempts: number;
}

/** A relay with one destination, the sandbox that it delivers to, and its store, which outlives the process. */
export class RelayOnSandbox {
  relay!: RelayProcess;

  private constructor(
    readonly sandbox: Sandbox,
    private readonly folder: string,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<RelayOnSandbox> {
    const folder = mkdtempSync(join(tmpdir(), 'contract-tests-'));
    const pair = new RelayOnSandbox(await startSandbox({ applyDelayMs: 0, ...options }), folder);
    await pair.startRelay();
    return pair;
  }

  /** Starts the relay anew on the same store. */
  async startRelay(): Promise<void> {
    this.relay = await startRelay({
      RELAY_WRITE_KEY: WRITE_KEY,
      RELAY_ADMIN_TOKEN: ADMIN_TOKEN,
      USERLEAP_API_KEY: API_KEY,
      USERLEAP_ENDPOINT: this.sandbox.url,
      DATABASE_URL: `sqlite:${join(this.folder, 'relay.db')}`,
    });
  }

  /** A call with the right write key; a body that is no text is sent as JSON. */
  post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.relay.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  async events(): Promise<readonly EventRecord[]> {
    const response = await fetch(`${this.relay.url}/api/events?limit=1000`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    });
    return ((await response.json()) as { events: EventRecord[] }).events;
  }

  /** Resolves when the events are there and none of them waits any more. */
  settled(count: number): Promise<readonly EventRecord[]> {
    return until(`${count} events to have an end`, async () => {
      const events = await this.events();
      return events.length === count && events.every(({ state }) => state !== 'pending') ? events : undefined;
    });
  }

  async stop(): Promise<void> {
    await this.relay.end('SIGTERM');
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
