import { Pool } from 'pg';
import type { ClientBase, PoolClient, PoolConfig } from 'pg';
import { expectWriting } from './expect-writing';
import { isBroken, isBusy } from './is-broken';
import { PatientPool } from './patient-pool';

// A server that was demoted, or an address that leads elsewhere now, is left after so long at the latest.
const LIFE_SECONDS = 900;
// As long as for a connection that is to be made.
const PATIENCE_MS = 5_000;

/** A connection of the pool; given back, it says whether it may be used again. */
export interface StoreClient {
  readonly client: PoolClient;
  release(error?: unknown): void;
}

/**
 * Connections to a store that can be written. Of several servers it is the first that can: a standby is passed over. They are
 * kept until one of them breaks; what was made before is not used again then, as it leads to where that one led.
 */
export class StorePool {
  readonly #pools: readonly PatientPool[];
  #server = 0;
  #generation = 0;
  readonly #generations = new WeakMap<ClientBase, number>();

  /** A config for each server. */
  constructor(configs: readonly PoolConfig[]) {
    this.#pools = configs.map((config) => this.#open(config));
  }

  /** Rejects where no server can be used. */
  async connect(): Promise<StoreClient> {
    for (let tries = 1; ; tries += 1) {
      const server = this.#server;
      try {
        return await this.#take(this.#pools[server] as PatientPool);
      } catch (error) {
        if (tries >= this.#pools.length || isBusy(error)) throw error;
        // Unless somebody else has gone on meanwhile.
        if (this.#server === server) this.#server = (server + 1) % this.#pools.length;
      }
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#pools.map((pool) => pool.end()));
  }

  #open(config: PoolConfig): PatientPool {
    const pool = new Pool({
      ...config,
      // What is kept is there when the server has no room for another.
      min: config.max,
      maxLifetimeSeconds: LIFE_SECONDS,
      // Statements of one transaction may be sent together.
      pipeline: true,
      onConnect: expectWriting,
    });
    // A connection that breaks: its query fails, if there is one, and the next use makes another.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => {
      client.on('error', () => undefined);
      this.#generations.set(client, this.#generation);
    });
    return new PatientPool(pool, PATIENCE_MS);
  }

  async #take(pool: PatientPool): Promise<StoreClient> {
    for (;;) {
      const client = await pool.connect();
      if (this.#generations.get(client) !== this.#generation) pool.release(client, true);
      else return { client, release: (error) => this.#release(pool, client, error) };
    }
  }

  #release(pool: PatientPool, client: PoolClient, error: unknown): void {
    const broken = isBroken(error);
    if (broken && this.#generations.get(client) === this.#generation) this.#generation += 1;
    pool.release(client, broken);
  }
}
