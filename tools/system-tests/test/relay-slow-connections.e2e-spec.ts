import { DrippingCrowd } from '../src/fuzz/dripping-crowd';
import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';

const DRIPPING_EACH = 1_000;
const CALLS = 100;

describe('the relay, with two thousand connections that send byte by byte', () => {
  let pair: RelayOnSandbox;
  let crowd: DrippingCrowd;

  beforeAll(async () => {
    pair = await RelayOnSandbox.start();
    crowd = await DrippingCrowd.gather(pair.relay.url, DRIPPING_EACH);
  });

  afterAll(async () => {
    crowd.leave();
    await pair.stop();
  });

  it('takes in what others send, and delivers it', async () => {
    for (let call = 1; call <= CALLS; call += 1) {
      const batch = [
        { type: 'identify', userId: `u${call}`, traits: { call } },
        { type: 'track', userId: `u${call}`, event: 'Called' },
      ];
      expect((await pair.post('/v1/batch', { batch })).status).toBe(200);
    }
    const events = await pair.settled(2 * CALLS);
    expect(events.filter(({ state }) => state === 'delivered')).toHaveLength(2 * CALLS);
  });

  it('closes those that have not sent their headers in time, and those whose bodies come too slowly', async () => {
    for (const part of ['head', 'body'] as const) {
      await until(`every ${part} that drips to be refused`, () => crowd.cutOff(part) >= DRIPPING_EACH || undefined);
    }
    expect((await fetch(`${pair.relay.url}/health/live`)).status).toBe(200);
  });
});
