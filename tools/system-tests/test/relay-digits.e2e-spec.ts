import { ADMIN_TOKEN, RelayOnSandbox, WRITE_KEY } from '@segment-userleap/relay-driver';
import { call } from '../src/doors/call';
import { basic, signed } from '../src/doors/credentials';
import type { Credentials } from '../src/doors/credentials';
import { lastUpsert } from '../src/doors/last-upsert';

const SECRET = 'shared-secret-of-the-webhook';

interface Door {
  readonly name: string;
  readonly path: string;
  /** The body that holds this JSON of an event. */
  readonly write: (event: string) => string;
  readonly credentials?: (body: string) => Credentials;
}

const DOORS: readonly Door[] = [
  { name: 'a call of the Tracking API', path: '/v1/identify', write: (event) => event },
  { name: 'a short path', path: '/v1/i', write: (event) => event },
  { name: 'a batch', path: '/v1/batch', write: (event) => `{"batch": [${event}], "sentAt": null}` },
  {
    name: 'an import with the key in it',
    path: '/v1/import',
    write: (event) => `{"batch": [${event}], "writeKey": "${WRITE_KEY}"}`,
    credentials: () => ({}),
  },
  { name: 'a webhook', path: '/webhooks/segment', write: (event) => event },
  { name: 'a webhook with a list', path: '/webhooks/segment', write: (event) => `[${event}]` },
  { name: 'a wrapper', path: '/webhooks/segment', write: (event) => `{"json": ${event}}` },
  {
    name: 'a signed list of wrappers',
    path: '/webhooks/segment',
    write: (event) => `[{"json":${event}}]`,
    credentials: (body) => signed(SECRET, body.slice(1, -1)),
  },
];

describe('an id of more digits than a JSON number holds', () => {
  let pair: RelayOnSandbox;
  let count = 0;

  beforeAll(async () => {
    const places = '["userId", "traits.accountId", "context.traits.id"]';
    pair = await RelayOnSandbox.start({}, { RELAY_SHARED_SECRET: SECRET, USERLEAP_USER_ID_FIELDS: places });
  });

  afterAll(async () => {
    await pair.stop();
  });

  it.each(DOORS)('keeps them all through $name', async (door) => {
    const [id, neighbour] = [nextId(), nextId()];
    for (const one of [id, neighbour]) {
      await send(door, `{"type": "identify", "userId": ${one}, "messageId": ${one}, "traits": {"mine": "${one}"}}`);
    }
    for (const one of [id, neighbour]) {
      expect(await lastUpsert(pair.sandbox, { userId: one })).toEqual({ userId: one, attributes: { mine: one } });
      const records = await pair.admin.events({ userId: one });
      expect(records).toEqual([expect.objectContaining({ userId: one, messageId: one })]);
      const [{ id: place } = { id: 0 }] = records;
      expect((await pair.admin.event(place)).body).toMatchObject({ userId: one, messageId: one });
    }
  });

  it.each(DOORS)('finds them in the places of the setting through $name', async (door) => {
    const [id, other] = [nextId(), nextId()];
    await send(door, `{"type": "identify", "traits": {"accountId": ${id}}}`);
    await send(door, `{"type": "identify", "userId": "", "context": {"traits": {"id": ${other}}}}`);
    expect(await lastUpsert(pair.sandbox, { userId: id })).toMatchObject({ attributes: { accountId: id } });
    expect(await lastUpsert(pair.sandbox, { userId: other })).toMatchObject({ attributes: { id: other } });
  });

  it('holds for the context that a batch shares', async () => {
    const id = nextId();
    const body = `{"batch": [{"type": "identify"}], "context": {"traits": {"id": ${id}}}}`;
    expect(await call(pair.relay, '/v1/batch', { headers: basic(WRITE_KEY), body })).toMatchObject({ status: 200 });
    expect(await lastUpsert(pair.sandbox, { userId: id })).toMatchObject({ userId: id });
  });

  it('leaves other numbers as they are', async () => {
    const id = nextId();
    const traits = '{"big": 12345678901234567890, "userId": 12345678901234567890, "list": [12345678901234567], "small": 5}';
    await send(DOORS[0] as Door, `{"userId": ${id}, "traits": ${traits}}`);
    const { attributes } = await lastUpsert(pair.sandbox, { userId: id });
    expect(attributes).toEqual({ big: 12345678901234567000, userId: 12345678901234567000, list: '12345678901234568', small: 5 });
  }); // oxfmt-ignore

  it('looks up, carries over and erases by all digits', async () => {
    const [id, heir] = [nextId(), nextId()];
    await send(DOORS[0] as Door, `{"userId": ${id}, "traits": {"plan": "pro"}}`);
    await lastUpsert(pair.sandbox, { userId: id });
    await send(DOORS[2] as Door, `{"type": "alias", "userId": ${heir}, "previousId": ${id}}`);
    expect(await lastUpsert(pair.sandbox, { userId: heir })).toMatchObject({ attributes: { plan: 'pro' } });
    await send(DOORS[4] as Door, `{"type": "delete", "userId": ${heir}}`);
    await pair.settled((await pair.events()).length);
    expect(pair.sandbox.requests().at(-1)).toMatchObject({
      path: '/v2/purge/visitors',
      bodyText: JSON.stringify({ userIds: [heir] }),
    });
  });

  it('refuses what has no digits to keep', async () => {
    const { path, write } = DOORS[0] as Door;
    const options = { headers: basic(WRITE_KEY), body: write('{"userId": 1e21}') };
    const answer = await call(pair.relay, path, options);
    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching('^userId: expected an id with all its digits') },
    });
  });

  it('shows in a preview what the relay makes of it', async () => {
    const id = nextId();
    const body = `{"event": {"type": "identify", "userId": ${id}}}`;
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    expect(await call(pair.relay, '/api/preview', { headers, body })).toMatchObject({
      body: { outcome: 'delivered', requests: [{ body: { userId: id } }] },
    });
  });

  it.each([
    ['a number', '9002', '9002'],
    ['its digits', '9003', '"9003"'],
    ['a long number', '90071992547409939', '90071992547409939'],
  ])('takes a message id that comes again as %s once', async (_, first, again) => {
    const id = nextId();
    for (const messageId of [first, again]) {
      await send(DOORS[0] as Door, `{"userId": ${id}, "messageId": ${messageId}}`);
    }
    expect(await pair.admin.events({ userId: id })).toEqual([expect.objectContaining({ messageId: first })]);
  });

  async function send({ path, write, credentials = () => basic(WRITE_KEY) }: Door, event: string): Promise<void> {
    const body = write(event);
    expect(await call(pair.relay, path, { headers: credentials(body), body })).toMatchObject({ status: 200 });
  }

  /** Neighbours that one JSON number stands for. */
  function nextId(): string {
    return String(12345678901234567890n + BigInt((count += 1)));
  }
});
