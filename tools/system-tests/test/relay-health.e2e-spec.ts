import { REASONS } from '@segment-userleap/mapping';
import { once } from 'node:events';
import { connect } from 'node:net';
import { scrape } from '../src/metrics/scrape';
import { RelayOnSandbox, STORE, until } from '@segment-userleap/relay-driver';
import { readinessOf, untilReadiness } from '../src/readiness';
import { SmallDisk } from '../src/small-disk';

const ALWAYS = 1_000_000;
const READY = { code: 200, status: 'ok', reasons: [] };
// PostgreSQL's disk is PostgreSQL's.
const noDisk = STORE === 'postgres' ? 'about SQLite' : SmallDisk.whyNot();
const itWithDisk = noDisk === undefined ? it : it.skip;

// Each test goes on from where the one before it ended.
describe('GET /health/ready', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_BACKLOG_LIMIT: '2' });
  });

  afterAll(async () => {
    await pair.stop();
  });

  const identify = (userId: string) => pair.post('/v1/identify', { userId, traits: {} });

  it('says that a paused destination keeps events, which are taken all the same', async () => {
    expect(await readinessOf(pair.relay)).toEqual(READY);
    pair.sandbox.addFault({ status: 401, times: ALWAYS });
    await identify('ann');
    expect(await untilReadiness(pair.relay, 'degraded')).toEqual({
      code: 200,
      status: 'degraded',
      reasons: [`destination default is paused (unauthorized): ${REASONS.unauthorized}`],
    });
    pair.sandbox.clear();
    expect(await untilReadiness(pair.relay, 'ok')).toEqual(READY);
    // It resumes before it is kept that the event does not wait any more.
    await pair.settled(1);
  });

  it('keeps senders away while as many events wait as may', async () => {
    pair.sandbox.addFault({ status: 503, times: ALWAYS });
    const answers = await Promise.all([identify('bert'), identify('cleo')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { code, reasons } = await untilReadiness(pair.relay, 'unavailable');
    expect([code, reasons[0]]).toEqual([503, '2 events wait, and RELAY_BACKLOG_LIMIT is 2']);
    expect((await identify('dora')).status).toBe(503);
    const metrics = await scrape(pair.relay);
    expect(metrics.value('relay_calls_turned_away_total', { cause: 'backlog_full' })).toBe(1);
    expect([metrics.value('relay_accepting'), metrics.value('relay_backlog_events')]).toEqual([0, 2]);
    pair.sandbox.clear();
    expect(await untilReadiness(pair.relay, 'ok')).toEqual(READY);
  });

  it('finds out without any traffic that another process keeps the store locked, which is logged once', async () => {
    const unlock = await pair.store.lock();
    // It is silent at first.
    const { code, reasons } = await until('the failure to be named', async () => {
      const readiness = await readinessOf(pair.relay);
      return readiness.reasons[0]?.includes(pair.store.lockedAs) ? readiness : undefined;
    });
    expect([code, reasons]).toEqual([503, [`the store cannot be written (${pair.store.lockedAs})`]]);
    expect((await identify('dora')).status).toBe(503);
    const metrics = await scrape(pair.relay);
    expect(metrics.value('relay_accepting')).toBe(0);
    expect(metrics.value('relay_calls_turned_away_total', { cause: 'store_failed' })).toBe(1);
    // What the store cannot tell is left out; the rest is there.
    expect(metrics.value('relay_destination_paused')).toBe(0);
    expect(metrics.value('relay_backlog_events')).toBeUndefined();
    expect(metrics.value('relay_budget_left_requests')).toBeUndefined();
    await unlock();
    expect(await untilReadiness(pair.relay, 'ok')).toEqual(READY);
    const lines = pair.relay.output().split('\n');
    expect(lines.filter((line) => line.includes('the store failed'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('"path":"/health/ready"'))).toEqual([]);
  });

  it('is 503 while the relay stops', async () => {
    const { hostname, port } = new URL(pair.relay.url);
    const socket = connect(Number(port), hostname);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.write(`GET /health/ready HTTP/1.1\r\nHost: ${hostname}\r\n`);
    await once(socket, 'connect');
    // Its answer comes after the half request above was read.
    await readinessOf(pair.relay);
    const ended = pair.relay.end('SIGTERM');
    await until('the port to close', () =>
      readinessOf(pair.relay).then(
        () => undefined,
        () => true,
      ),
    );
    socket.write('\r\n');
    await until('an answer', () => answer || undefined);
    expect(answer).toMatch(/^HTTP\/1\.1 503 [^]*the relay is stopping/);
    socket.destroy();
    expect(await ended).toBe(0);
  });
});

itWithDisk(
  `GET /health/ready finds out without any traffic that the disk is full${noDisk ? ` (not run: ${noDisk})` : ''}`,
  async () => {
    const disk = SmallDisk.mount();
    const pair = await RelayOnSandbox.start({}, { DATABASE_URL: `sqlite:${disk.folder}/relay.db` });
    disk.fill();
    const readiness = await untilReadiness(pair.relay, 'unavailable');
    expect(readiness).toMatchObject({ code: 503, reasons: ['the store cannot be written (SQLITE_FULL)'] });
    disk.makeRoom();
    expect(await untilReadiness(pair.relay, 'ok')).toEqual(READY);
    await pair.stop();
    disk.unmount();
  },
);
