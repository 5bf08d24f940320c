import { startSandbox } from '@segment-userleap/userleap-sandbox';
import type { Sandbox, SandboxOptions } from '@segment-userleap/userleap-sandbox';
import { ADMIN_TOKEN, AdminApi } from './admin-api';
import type { EventRecord } from './admin-api';
import { ownStore } from './own-store';
import type { OwnStore } from './own-store';
import { startRelay } from './relay-process';
import type { RelayProcess } from './relay-process';
import { API_KEY } from './api-key';
import { untilSettled } from './until-settled';

export const WRITE_KEY = 'contract-tests-write-key';

/** A relay with one destination, the sandbox that it delivers to, and its store, which outlives the process. */
export class RelayOnSandbox {
  relay!: RelayProcess;
  readonly admin = new AdminApi(() => this.relay.url);
  /** What the relay is started with. */
  readonly env: Readonly<Record<string, string>>;

  private constructor(
    readonly sandbox: Sandbox,
    readonly store: OwnStore,
    env: Readonly<Record<string, string>>,
    private readonly launcher: readonly string[],
  ) {
    this.env = {
      RELAY_WRITE_KEY: WRITE_KEY,
      RELAY_ADMIN_TOKEN: ADMIN_TOKEN,
      USERLEAP_API_KEY: API_KEY,
      USERLEAP_ENDPOINT: this.sandbox.url,
      ...this.store.env,
      ...env,
    };
  }

  /** `env` is added to what every relay is started with, or replaces it; `launcher` starts it (server-process.ts). */
  static async start(
    options: SandboxOptions = {},
    env: Readonly<Record<string, string>> = {},
    launcher: readonly string[] = [],
  ): Promise<RelayOnSandbox> {
    const pair = new RelayOnSandbox(await startSandbox({ applyDelayMs: 0, ...options }), ownStore(), env, launcher);
    try {
      await pair.startRelay();
      return pair;
    } catch (error) {
      // What is open would keep the tests from their end.
      await pair.sandbox.close();
      throw error;
    }
  }

  /** Starts the relay anew on the same store. */
  async startRelay(): Promise<void> {
    this.relay = await startRelay(this.env, { launcher: this.launcher });
  }

  /** A call with the right write key; a body that is no text is sent as JSON. */
  post(path: string, body: unknown): Promise<Response> {
    return fetch(`${this.relay.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${WRITE_KEY}:`)}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  events(): Promise<readonly EventRecord[]> {
    return this.admin.events();
  }

  /** Resolves when the events are there and none of them waits any more. */
  settled(count: number): Promise<readonly EventRecord[]> {
    return untilSettled(count, () => this.events());
  }

  async stop(): Promise<void> {
    await this.relay.end('SIGTERM');
    await this.sandbox.close();
    await this.store.remove();
  }
}
