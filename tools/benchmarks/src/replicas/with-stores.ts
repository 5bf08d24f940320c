import { withTemporaryFolder } from '@segment-userleap/relay-driver';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { withPostgres } from './postgres-store';
import type { StoreEnv } from './postgres-store';

/** New and empty each time. */
export interface NewStores {
  readonly folder: () => string;
  readonly sqlite: () => Readonly<Record<'DATABASE_URL', string>>;
  readonly postgres: () => StoreEnv;
}

/** Lends stores of both kinds, which keep what they commit. */
export function withStores<T>(use: (stores: NewStores) => Promise<T>): Promise<T> {
  return withTemporaryFolder((parent) => {
    const folder = () => mkdtempSync(join(parent, 'store-'));
    const sqlite = () => ({ DATABASE_URL: `sqlite:${join(folder(), 'relay.db')}` });
    return withPostgres((postgres) => use({ folder, sqlite, postgres }));
  });
}
