import type { PostgresStore } from '../../config/relay-config';

/** How long things may take in a transaction, in milliseconds; 0: as long as they take. */
export type Limits = Pick<PostgresStore, 'statementTimeoutMs' | 'leaseMs'>;

/**
 * How a transaction of an isolation level begins, all in one round trip; `more` is said, too. What would otherwise be set for a
 * session, or for the role by whoever runs the database, is said here: behind a pooler the next transaction may have another session.
 */
export function sayBegin({ statementTimeoutMs, leaseMs }: Limits, more: readonly string[] = []) {
  const settings = [
    `SET LOCAL statement_timeout = ${statementTimeoutMs}`,
    'SET LOCAL lock_timeout = 0',
    // A process that was stopped in the middle must not hold its locks for longer than its leases.
    `SET LOCAL idle_in_transaction_session_timeout = ${Math.floor(leaseMs / 2)}`,
    ...more,
  ].join('; ');
  return (isolation: string): string => `BEGIN ISOLATION LEVEL ${isolation}; ${settings}`;
}
