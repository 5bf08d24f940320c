import type { RelayStore } from './relay-store';

/** Which users are known, by their numbers, and of how many bytes the memory of each is; undefined: there is none. */
export interface Known {
  readonly environment: string;
  readonly isFile: boolean;
  readonly from: number;
  readonly to: number;
  readonly told: number | undefined;
}

/** The name of the how many-th user. */
export function nameOf(user: number): string {
  return `user-${String(user).padStart(8, '0')}`;
}

/** As if each had been identified before. */
export async function knowUsers({ query }: RelayStore, { environment, isFile, from, to, told }: Known): Promise<void> {
  const id = isFile ? "'user-' || printf('%08d', at)" : "'user-' || lpad(at::text, 8, '0')";
  const series = isFile
    ? `WITH RECURSIVE series(at) AS (SELECT ${from} UNION ALL SELECT at + 1 FROM series WHERE at < ${to - 1})`
    : `WITH series AS (SELECT generate_series(${from}, ${to - 1}) AS at)`;
  // Nothing that could be compressed.
  const random = isFile ? `randomblob(${told ?? 0})` : randomOnPostgres(told ?? 0);
  await query(`INSERT INTO environment_users (environment, user_id, known, learnt_at, look_ups, told)
    ${series} SELECT '${environment}', ${id}, 1, 1, 0, ${told === undefined ? 'NULL' : random} FROM series`);
}

function randomOnPostgres(bytes: number): string {
  const hashes = Array.from({ length: Math.ceil(bytes / 16) }, (_, index) => `md5(at::text || '${index}')`);
  return `substr(decode(${hashes.join(' || ')}, 'hex'), 1, ${bytes})`;
}
