import { RelayOnSandbox, WRITE_KEY } from '@segment-userleap/relay-driver';
import { endsOf } from '../src/sdks/six-calls';

const WRONG = 'a-guess-at-the-key';

describe('an image in a mail', () => {
  let pair: RelayOnSandbox;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start({}, { LOG_LEVEL: 'trace' });
  });

  afterAll(async () => {
    await pair.stop();
  });

  const show = (address: string) => fetch(`${pair.relay.url}${address}`);
  const dataOf = (event: object): string =>
    Buffer.from(JSON.stringify({ writeKey: WRITE_KEY, ...event })).toString('base64');

  it('tells what Segment’s documentation says it can tell', async () => {
    const opened = { userId: 'ann', event: 'Email Opened', properties: { subject: 'The Electric Daily ÿþ?>' } };
    const parameters = `userId=ann&event=Link%20Seen&properties.subject=Daily&writeKey=${WRITE_KEY}`;
    for (const address of [
      `/v1/pixel/identify?data=${dataOf({ userId: 'ann', traits: { email: 'ann@example.com', plan: 'pro' } })}`,
      `/v1/pixel/track?data=${dataOf(opened)}`,
      `/v1/pixel/track?data=${encodeURIComponent(dataOf(opened))}`,
      `/v1/pixel/track?${parameters}`,
      `/pixel/v1/page?writeKey=${WRITE_KEY}&userId=ann&anonymousId=a&properties.url=https%3A%2F%2Fshop.example%2F`,
    ]) {
      const answer = await show(address);
      expect([address, answer.status, answer.headers.get('content-type')]).toEqual([address, 200, 'image/gif']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 6)
          .toString('latin1'),
      ).toBe('GIF89a');
    }
    expect(endsOf(await pair.settled(5))).toEqual([
      ['identify', 'delivered', null],
      ['page', 'delivered', null],
      ['track', 'delivered', null],
      ['track', 'delivered', null],
      ['track', 'delivered', null],
    ]);
    expect(pair.sandbox.users()).toEqual([
      expect.objectContaining({ externalUserId: 'ann', emailAddress: 'ann@example.com', attributes: { plan: 'pro' } }),
    ]);
  });

  it('of an event that is wrong leaves a dead letter, as nobody reads what a mail is answered', async () => {
    expect((await show(`/v1/pixel/track?data=${dataOf({ userId: 'ann', event: ' ' })}`)).status).toBe(200);
    expect((await pair.events()).filter(({ reason }) => reason === 'blank_event_name')).toHaveLength(1);
  });

  it.each([
    ['/v1/pixel/track', 401],
    [`/v1/pixel/track?writeKey=${WRONG}&userId=ann&event=Opened`, 401],
    [`/v1/pixel/track?writeKey=${WRITE_KEY}&writeKey=${WRITE_KEY}&userId=ann&event=Opened`, 401],
    ['/v1/pixel/track?data=bm90IEpTT04', 400],
    [`/v1/pixel/delete?writeKey=${WRITE_KEY}&userId=ann`, 404],
    [`/v1/pixel/constructor?writeKey=${WRITE_KEY}&userId=ann`, 404],
  ])('is refused as other calls are: %s', async (address, status) => {
    const answer = await show(address);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
  });

  it('is refused where its names are too deep, without a key, too', async () => {
    const answer = await show(`/v1/pixel/track?${'a.'.repeat(7_000)}a=1`);
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { message: 'body: expected at most 1000 levels of nesting' },
    ]);
  });

  it('tells nothing where only its headers are asked for', async () => {
    const before = (await pair.events()).length;
    const address = `/v1/pixel/track?data=${dataOf({ userId: 'ann', event: 'Checked' })}`;
    const answer = await fetch(`${pair.relay.url}${address}`, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect(await pair.events()).toHaveLength(before);
  });

  it('reaches no prototype', async () => {
    await show(
      `/v1/pixel/track?writeKey=${WRITE_KEY}&userId=ann&event=Opened&__proto__.type=delete&constructor.prototype.type=delete`,
    );
    const [last] = await pair.events();
    expect(last).toMatchObject({ type: 'track', event: 'Opened', userId: 'ann' });
  });

  it('leaves nothing of its address in the log or the metrics', async () => {
    const metrics = await (await show('/metrics')).text();
    expect(pair.relay.output()).toContain('/v1/pixel/:type');
    for (const text of [metrics, pair.relay.output()]) {
      for (const secret of [WRITE_KEY, WRONG, 'Link%20Seen', 'eyJ3']) expect(text).not.toContain(secret);
    }
  });
});
