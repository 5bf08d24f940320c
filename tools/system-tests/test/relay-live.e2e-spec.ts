import { ADMIN_TOKEN, RelayOnSandbox, until } from '@segment-userleap/relay-driver';
import { AdminSession } from '../src/admin-session';
import { call } from '../src/doors/call';
import { LiveReader } from '../src/live-reader';

const BEARER = { authorization: `Bearer ${ADMIN_TOKEN}` };
const MOST = 50;

describe('live updates', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterAll(async () => {
    await pair.stop();
  });

  it('begin with an overview, then tell of each event that comes and is delivered', async () => {
    const reader = await LiveReader.open(pair.relay, BEARER);
    expect([reader.status, reader.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(reader.headers.get('cache-control')).toBe('no-store');
    expect(reader.headers.get('content-security-policy')).toBe("default-src 'none'");
    await reader.next('overview');
    pair.sandbox.addFault({ delayMs: 1_500 });
    await pair.post('/v1/identify', { userId: 'ann', traits: {} });
    await reader.next('overview', ({ pending }) => pending === 1);
    const before = reader.events.length;
    const [event] = await pair.settled(1);
    await until(
      'the end of the event to be told',
      () => reader.of('events', before).some(({ ids }) => ids.includes(event?.id ?? 0)) || undefined,
    );
    expect(await reader.next('events')).toEqual({ ids: [event?.id] });
    reader.close();
  });

  it('end with the session that they were opened in', async () => {
    const session = await AdminSession.open(pair.relay);
    const [reader, other] = await Promise.all([
      LiveReader.open(pair.relay, { cookie: session.cookie }),
      LiveReader.open(pair.relay, BEARER),
    ]);
    await reader.next('overview');
    await call(pair.relay, '/api/session', { method: 'DELETE', headers: session.headers });
    const heard = reader.events.length;
    await pair.post('/v1/identify', { userId: 'bert', traits: {} });
    await until('the stream to end', () => reader.end);
    expect([reader.end, reader.events.length]).toEqual(['ended', heard]);
    expect(other.end).toBeUndefined();
    other.close();
  });

  it('are for so many pages at a time, and end with the relay without holding it up', async () => {
    const isFull = async (): Promise<true | undefined> => {
      const { status } = await LiveReader.open(pair.relay, BEARER);
      return status === 503 || undefined;
    };
    const readers = await Promise.all(Array.from({ length: MOST - 5 }, () => LiveReader.open(pair.relay, BEARER)));
    await Promise.all(readers.map((reader) => reader.next('overview')));
    await until('the last places to be taken', isFull);
    const refused = await call(pair.relay, '/api/live', { method: 'GET', headers: BEARER });
    expect(refused).toMatchObject({ status: 503, body: { message: expect.stringContaining(`${MOST}`) } });
    expect(refused.headers.get('retry-after')).not.toBeNull();
    readers[0]?.close();
    await until('a place to be free', async () => {
      const reader = await LiveReader.open(pair.relay, BEARER);
      return reader.status === 200 || undefined;
    });
    expect(await pair.relay.end('SIGTERM')).toBe(0);
    await until('the streams to end', () => readers.slice(1).every(({ end }) => end !== undefined) || undefined);
    // Connections that are still open after five seconds would be broken.
    expect(new Set(readers.slice(1).map(({ end }) => end))).toEqual(new Set(['ended']));
  });
});
