import { refusal } from '../src/doors/refusal';
import { startTestPostgres } from '@segment-userleap/test-postgres';
import type { TestPostgres } from '@segment-userleap/test-postgres';
import { findFates, settledDown } from '../src/crash/crash-admin';
import { readTaken } from '../src/crash/crash-arrivals';
import { nameUsers } from '../src/crash/crash-event';
import { Load } from '../src/crash/crash-load';
import { findLost } from '../src/crash/crash-lost';
import { findDisorder } from '../src/crash/crash-order';
import { RelayOnSandbox, SeededRandom, until, WRITE_KEY } from '@segment-userleap/relay-driver';
import { untilReadiness } from '../src/readiness';

const RESTARTS = 2;
const ANSWERS = 20;

describe('a PostgreSQL that restarts under load', () => {
  let server: TestPostgres;
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    server = await startTestPostgres();
    pair = await RelayOnSandbox.start({}, { DATABASE_URL: server.url, USERLEAP_RATE_LIMIT: '100000/5s' });
  });

  afterAll(async () => {
    await pair.stop();
    await server.stop();
  });

  it('sends senders away meanwhile; nothing is lost, sent twice or out of order, and delivery resumes by itself', async () => {
    const load = new Load({
      url: () => pair.relay.url,
      writeKey: WRITE_KEY,
      users: nameUsers('u', 40),
      senders: 6,
      pauseMs: 20,
      poison: 0,
      random: new SeededRandom(1),
    });
    for (let time = 1; time <= RESTARTS; time += 1) {
      for (let left = ANSWERS; left > 0; left -= 1) await load.nextAnswer();
      await server.restart(async () => {
        await untilSentAway();
        const { code, reasons } = await untilReadiness(pair.relay, 'unavailable');
        expect([code, reasons]).toEqual([503, [expect.stringContaining('the store cannot be written (')]]);
      });
      await untilReadiness(pair.relay, 'ok');
    }
    const resumedAt = load.acknowledged.length;
    await until('more to be taken', () => load.acknowledged.length > resumedAt + ANSWERS || undefined);
    await load.stop();
    await settledDown(pair.admin);
    const events = load.acknowledged;
    const delivered = readTaken(pair.sandbox.requests()).filter(({ userId }) => userId !== 'sender');
    expect(findLost(events, await findFates(pair.admin), delivered)).toEqual([]);
    expect(findDisorder(delivered)).toEqual([]);
    const arrived = delivered.flatMap(({ userId, steps }) => steps.map((step) => `${userId}-${step}`));
    expect(arrived.length).toBe(new Set(arrived).size);
    expect(pair.sandbox.requests().filter(({ status }) => status === 429)).toEqual([]);
  });

  it('is logged once when it is gone, and once when it is back, without its address', () => {
    const output = pair.relay.output();
    expect(output.match(/the store failed/g)).toHaveLength(RESTARTS);
    expect(output.match(/the store works again/g)).toHaveLength(RESTARTS);
    expect(output).not.toContain(new URL(server.url).password);
    expect(output).not.toContain('another relay');
  });

  /** Sends until it is told to come back later. */
  async function untilSentAway(): Promise<void> {
    const refused = await until('a sender to be sent away', async () => {
      const response = await pair.post('/v1/identify', { userId: 'sender', traits: {} });
      return response.status === 200 ? undefined : response;
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(await refused.json()).toEqual(refusal(expect.stringContaining('could not be kept'), 'unavailable'));
  }
});
