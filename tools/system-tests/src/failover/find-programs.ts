import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where each program is that a fail-over needs. */
export type Programs = Readonly<Record<(typeof POSTGRES)[number] | 'haproxy', string>>;

const POSTGRES = ['initdb', 'postgres', 'pg_basebackup', 'pg_ctl'] as const;
// Debian puts each major version into a folder of its own, and what administrators run beside the PATH.
const DEBIAN = '/usr/lib/postgresql';
const OTHERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/local/sbin'];

/** The programs, or the names of those that are not installed here. `PG_BIN`: the folder of the PostgreSQL to be used. */
export function findPrograms(): { ok: true; programs: Programs } | { ok: false; missing: readonly string[] } {
  const folders = [...(process.env['PG_BIN'] ? [process.env['PG_BIN']] : majorVersions()), ...OTHERS];
  const found = Object.fromEntries(
    [...POSTGRES, 'haproxy'].map((name) => {
      return [name, folders.map((folder) => join(folder, name)).find((path) => existsSync(path))];
    }),
  );
  const missing = Object.keys(found).filter((name) => found[name] === undefined);
  return missing.length === 0 ? { ok: true, programs: found as Programs } : { ok: false, missing };
}

/** The newest first. */
function majorVersions(): readonly string[] {
  if (!existsSync(DEBIAN)) return [];
  const versions = readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one));
  return versions.map((version) => join(DEBIAN, version, 'bin'));
}
