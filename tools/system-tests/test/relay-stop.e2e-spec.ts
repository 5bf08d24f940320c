import { DrippingClient } from '../src/dripping-client';
import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

describe('SIGTERM', () => {
  let pair: RelayOnSandbox;

  beforeEach(async () => {
    pair = await RelayOnSandbox.start();
  });

  afterEach(async () => {
    await pair.stop();
  });

  /** The exit code; fails where the process takes longer than `until` waits. */
  async function end(): Promise<number | null> {
    const ended: (number | null)[] = [];
    void pair.relay.end('SIGTERM').then((code) => ended.push(code));
    await until('the relay to end', () => ended.length || undefined);
    return ended[0] ?? null;
  }

  it('ends the relay although a client drips, and begins no request meanwhile', async () => {
    const client = new DrippingClient(pair.relay.url, '/v1/identify');
    pair.sandbox.addFault({ delayMs: 200, times: 1_000 });
    const batch = Array.from({ length: 200 }, (_, index) => ({ type: 'identify', userId: `u${index}`, traits: {} }));
    await pair.post('/v1/batch', { batch });
    await until('some requests', () => pair.sandbox.requests()[10]);
    expect(client.isClosed).toBe(false);
    const ended = end();
    const begun = pair.sandbox.requests().length;
    expect(await ended).toBe(0);
    // What was on its way.
    expect(pair.sandbox.requests().length - begun).toBeLessThanOrEqual(8);
    await until('the client to be hung up on', () => client.isClosed || undefined);
  });

  it('ends the relay although UserLeap hangs; the event is kept and sent by the next one', async () => {
    pair.sandbox.addFault({ hang: true });
    await pair.post('/v1/identify', { userId: 'u1', traits: {} });
    await until('the request', () => pair.sandbox.requests()[0]);
    expect(await end()).toBe(0);
    await pair.startRelay();
    expect(await pair.settled(1)).toEqual([expect.objectContaining({ state: 'delivered', attempts: 2 })]);
    expect(pair.sandbox.users()).toHaveLength(1);
  });

  it('takes no call any more, and loses none that it has answered', async () => {
    pair.sandbox.addFault({ delayMs: 1_000 });
    await pair.post('/v1/identify', { userId: 'u0', traits: {} });
    await until('the request', () => pair.sandbox.requests()[0]);
    const ended = end();
    let taken = 1;
    await until('the port to close', async () => {
      const response = await pair.post('/v1/identify', { userId: `u${taken}`, traits: {} }).catch(() => undefined);
      if (response?.status === 200) taken += 1;
      return response === undefined ? true : undefined;
    });
    expect(await ended).toBe(0);
    await pair.startRelay();
    await pair.settled(taken);
    expect(pair.sandbox.users()).toHaveLength(taken);
  });
});
