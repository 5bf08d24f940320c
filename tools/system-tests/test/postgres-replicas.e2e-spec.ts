import { startTestPostgres } from '@segment-userleap/test-postgres';
import type { TestPostgres } from '@segment-userleap/test-postgres';
import { ANSWER_MS, LEASE_MS, LIMIT, runIncidents } from '../src/replicas/run-incidents';

// UserLeap shows what it was told a moment later.
const MOMENT_MS = 10_000;
// When every turn of the others is taken, one is free after an answer; then it waits for its place in the budget.
const MARGIN_MS = ANSWER_MS + 1_000;

describe('three relays on one PostgreSQL', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });

  afterAll(async () => {
    await postgres.stop();
  });

  it('lose nothing, send nothing twice, keep every order and share the limit, though one is killed, one frozen, the database restarted', async () => {
    const { log, wrong, ...result } = await runIncidents(postgres);
    console.log(result);
    expect(wrong).toEqual([]);
    expect(result.rateLimited).toBe(0);
    expect(result.mostCounted).toBeGreaterThanOrEqual(0.8 * LIMIT.requests);
    for (const times of [result.afterKill, result.afterFreeze]) {
      expect(times.length).toBeGreaterThan(0);
      expect(times[0]).toBeLessThan(LEASE_MS + MOMENT_MS + MARGIN_MS);
    }
    expect(log).toContain('another relay has taken over what was in flight');
  }, 180_000);
});
