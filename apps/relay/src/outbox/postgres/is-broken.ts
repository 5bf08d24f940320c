import { isRecord } from '@segment-userleap/validation';
import { DatabaseError } from 'pg';

// Read-only: the server was demoted under us. Connections that fail, the server's stops, its time-outs of idle sessions.
const ENDED = /^(?:25006|25P03|08...|57P..)$/;

/**
 * Whether a connection is of no more use after an error: the server has ended it, or can no longer write, or has not answered, and
 * nobody knows what the connection still waits for.
 */
export function isBroken(error: unknown): boolean {
  if (error === undefined) return false;
  return !(error instanceof DatabaseError) || ENDED.test(error.code ?? '');
}

/** Whether all connections of the pool were in use for long: nothing is wrong with the server. */
export function isBusy(error: unknown): boolean {
  return isRecord(error) && error.message === 'timeout exceeded when trying to connect';
}

/** Whether the server has as many connections as it takes, of all its clients or of this role: too_many_connections. */
export function hasNoRoom(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '53300';
}
