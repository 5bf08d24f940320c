import { types } from 'node:util';
import { DatabaseError } from 'pg';

// Connections, sign-in, names, rights, disk, limits and stops. Texts of other kinds may quote what is stored.
const TELLING = /^(08|28|3D|42|53|54|55|57|58)/;

/** Why a move failed, without anything of what is stored. */
export function describeFailure(error: unknown): string {
  if (!types.isNativeError(error)) return 'unexpected';
  if (!(error instanceof DatabaseError)) return error.message || ('code' in error ? String(error.code) : error.name);
  const { code = 'unknown', message } = error;
  return TELLING.test(code) ? `PostgreSQL: ${message}` : `PostgreSQL refused it: SQLSTATE ${code}`;
}
