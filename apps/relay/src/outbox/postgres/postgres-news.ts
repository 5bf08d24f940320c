import { isRecord } from '@segment-userleap/validation';
import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import type { News, StoreNews } from '../port/store-news';
import { CHANNEL, textOf } from './news-text';
import type { Circle } from './news-text';

const LOOK_EVERY_MS = 5_000;
const RECONNECT_MS = 1_000;
const NUDGE_EVERY_MS = 250;

/** News by LISTEN, over a connection of its own that is made again whenever it breaks: to the next server, where there are several. */
export class PostgresNews implements StoreNews {
  readonly lookEveryMs = LOOK_EVERY_MS;
  #hear: (news: News) => void = () => undefined;
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #tries = 0;
  /** Nudged for not long ago: whoever is busy finds so again and again. */
  readonly #nudged = new Set<string>();

  constructor(
    private readonly servers: readonly ClientConfig[],
    private readonly circle: Circle,
  ) {
    void this.#connect();
  }

  listen(hear: (news: News) => void): void {
    this.#hear = hear;
  }

  nudge(destination: string): void {
    if (this.#nudged.has(destination)) return;
    this.#nudged.add(destination);
    setTimeout(() => this.#nudged.delete(destination), NUDGE_EVERY_MS).unref();
    const text = textOf(this.circle, { what: 'ready', destination });
    void this.#client?.query('SELECT pg_notify($1, $2)', [CHANNEL, text]).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new Client(this.servers[this.#tries % this.servers.length]);
    this.#client = client;
    client.on('notification', ({ payload }) => this.#read(payload));
    client.on('error', () => undefined);
    client.on('end', () => this.#connectLater());
    try {
      await client.connect();
      // A standby refuses it.
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      this.#tries += 1;
      // It tells that it has ended where it had begun.
      await client.end().catch(() => undefined);
      this.#connectLater();
    }
  }

  #connectLater(): void {
    clearTimeout(this.#timer);
    if (!this.#isClosed) this.#timer = setTimeout(() => void this.#connect(), RECONNECT_MS).unref();
  }

  #read(payload = ''): void {
    const told = parse(payload);
    if (told.schema !== this.circle.schema || told.sender === this.circle.sender) return;
    const { what, destination } = told;
    if ((what === 'ready' || what === 'steered') && typeof destination === 'string') this.#hear({ what, destination });
  }
}

/** Others may use the channel, too. */
function parse(payload: string): Record<string, unknown> {
  try {
    const told: unknown = JSON.parse(payload);
    return isRecord(told) ? told : {};
  } catch {
    return {};
  }
}
