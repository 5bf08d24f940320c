import { refusal } from '../src/doors/refusal';
import { join } from 'node:path';
import { RelayOnSandbox, runToEnd, STORE, until } from '@segment-userleap/relay-driver';
import { itOnSqlite } from '../src/it-on-sqlite';
import { SmallDisk } from '../src/small-disk';

const ENDING_THREAD = join(__dirname, '../src/ending-thread.cjs');
const RETRY_STORE_MS = 1_000;
// PostgreSQL's disk is PostgreSQL's.
const noDisk = STORE === 'postgres' ? 'about SQLite' : SmallDisk.whyNot();
const itWithDisk = noDisk === undefined ? it : it.skip;

describe('a store that', () => {
  let pair: RelayOnSandbox;
  let disk: SmallDisk | undefined;

  afterEach(async () => {
    await pair.stop();
    disk?.unmount();
    disk = undefined;
  });

  it('holds as many waiting events as it may sends senders away until there is room', async () => {
    pair = await RelayOnSandbox.start({}, { RELAY_BACKLOG_LIMIT: '10' });
    pair.sandbox.addFault({ status: 503, times: 1_000_000 });
    for (let at = 0; at < 10; at += 1) expect((await identify(`u${at}`)).status).toBe(200);
    const refused = await identify('one-too-many');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(await refused.json()).toEqual(refusal(expect.stringContaining('too many events wait'), 'unavailable'));
    pair.sandbox.clear();
    await pair.settled(10);
    expect((await identify('one-too-many')).status).toBe(200);
    await pair.settled(11);
    expect(pair.sandbox.users()).toHaveLength(11);
  });

  itWithDisk(
    `is on a full disk sends senders away, and nothing to UserLeap twice${noDisk ? ` (not run: ${noDisk})` : ''}`,
    async () => {
      const small = SmallDisk.mount();
      disk = small;
      pair = await RelayOnSandbox.start({}, { DATABASE_URL: `sqlite:${small.folder}/relay.db` });
      await fails(
        () => small.fill(),
        () => small.makeRoom(),
      );
    },
  );

  it('another process keeps locked sends senders away, and nothing to UserLeap twice', async () => {
    pair = await RelayOnSandbox.start();
    let unlock = async (): Promise<void> => undefined;
    await fails(
      async () => void (unlock = await pair.store.lock()),
      () => unlock(),
    );
  });

  // Several may use one on PostgreSQL.
  itOnSqlite('a relay uses is refused to a second one', async () => {
    pair = await RelayOnSandbox.start();
    const { code, errors } = await runToEnd(pair.env);
    expect(code).toBe(1);
    expect(errors).toContain('another relay uses this store');
    expect((await identify('u1')).status).toBe(200);
    await pair.settled(1);
    await pair.relay.end('SIGKILL');
    await pair.startRelay();
    expect(await pair.events()).toHaveLength(1);
  });

  it('is lost with its thread ends the relay, for another to be started', async () => {
    pair = await RelayOnSandbox.start({}, { NODE_OPTIONS: `--require ${JSON.stringify(ENDING_THREAD)}` });
    const answer = await identify('u1').catch(() => undefined);
    expect(answer?.status).not.toBe(200);
    await until(
      'the relay to say so',
      () => pair.relay.output().includes('the thread that has the store has ended') || undefined,
    );
    expect(await pair.relay.end('SIGTERM')).toBe(1);
  });

  function identify(userId: string): Promise<Response> {
    return pair.post('/v1/identify', { userId, traits: { plan: 'pro' } });
  }

  /** Lets the store fail while a request is under way, so that its outcome cannot be written down, and recover later. */
  async function fails(begin: () => void | Promise<void>, end: () => void | Promise<void>): Promise<void> {
    pair.sandbox.addFault({ delayMs: 500 });
    expect((await identify('under-way')).status).toBe(200);
    await until('the request', () => pair.sandbox.requests()[0]);
    await begin();
    const refused = await identify('sent-away');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(await refused.json()).toEqual(refusal(expect.stringContaining('could not be kept'), 'unavailable'));
    await until('the answer', () => pair.sandbox.requests()[0]?.status || undefined);
    await keepSending(3 * RETRY_STORE_MS);
    expect(pair.sandbox.requests()).toHaveLength(1);
    expect(pair.relay.output().match(/the store failed/g)).toHaveLength(1);

    await end();
    await until('a sender to be heard', async () => ((await identify('later')).status === 200 ? true : undefined));
    const events = await pair.settled(2);
    expect(events.map(({ userId, state, attempts }) => [userId, state, attempts])).toEqual([
      ['later', 'delivered', 1],
      ['under-way', 'delivered', 1],
    ]);
    expect(pair.sandbox.requests()).toHaveLength(2);
    expect(pair.relay.output().match(/the store works again/g)).toHaveLength(1);
  }

  /** As senders do, who try again and are sent away: so long that the relay tries the store several times. */
  async function keepSending(milliseconds: number): Promise<void> {
    const end = performance.now() + milliseconds;
    const isOver = async (): Promise<true | undefined> => {
      expect((await identify('sent-away')).status).toBe(503);
      return performance.now() >= end || undefined;
    };
    await until('the senders to have tried for long enough', isOver);
  }
});
