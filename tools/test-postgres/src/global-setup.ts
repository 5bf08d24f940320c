import { startTestPostgres } from './start-test-postgres';
import type { TestPostgres } from './start-test-postgres';

let server: TestPostgres | undefined;

/**
 * For jest: a PostgreSQL for the tests of this run, unless `TEST_POSTGRES_URL` names one. Where none can be started, its
 * tests name themselves as not run; in CI that fails.
 */
async function startPostgres(): Promise<void> {
  if (process.env['TEST_POSTGRES_URL']) return;
  try {
    server = await startTestPostgres();
    process.env['TEST_POSTGRES_URL'] = server.url;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    console.warn('the tests on PostgreSQL are not run:', error);
  }
}

/** For jest: ends what was started; resolves when it is gone. */
export async function stopPostgres(): Promise<void> {
  await server?.stop();
}

export { startPostgres as default };
