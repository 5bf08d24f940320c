import { startPooler } from './start-pooler';
import type { Pooler } from './start-pooler';
import { startTestPostgres } from './start-test-postgres';
import type { TestPostgres } from './start-test-postgres';

let server: TestPostgres | undefined;
let pooler: Pooler | undefined;

/**
 * For jest: a PostgreSQL for the tests of this run, unless `TEST_POSTGRES_URL` names one. Where none can be started, its
 * tests name themselves as not run; in CI that fails. With `TEST_POSTGRES_POOLER=transaction` or `session` relays reach it
 * through a PgBouncer.
 */
async function startPostgres(): Promise<void> {
  const mode = process.env['TEST_POSTGRES_POOLER'];
  try {
    if (!process.env['TEST_POSTGRES_URL']) {
      server = await startTestPostgres();
      process.env['TEST_POSTGRES_URL'] = server.url;
    }
    if (mode === undefined) return;
    if (mode !== 'transaction' && mode !== 'session')
      throw new Error('TEST_POSTGRES_POOLER: expected transaction or session');
    pooler = await startPooler(process.env['TEST_POSTGRES_URL'], mode);
    process.env['TEST_POSTGRES_POOLED_URL'] = pooler.url;
  } catch (error) {
    if (process.env['CI'] === 'true' || mode !== undefined) throw error;
    console.warn('the tests on PostgreSQL are not run:', error);
  }
}

/** For jest: ends what was started; resolves when it is gone. */
export async function stopPostgres(): Promise<void> {
  await pooler?.stop();
  await server?.stop();
}

export { startPostgres as default };
