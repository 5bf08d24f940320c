import { RelayOnSandbox, until } from '@segment-userleap/relay-driver';
import { join } from 'node:path';
import { ConnectProxy } from '../src/connect-proxy';
import { TlsFront } from '../src/senders/tls-front';

const PASSWORD = 'proxy-password';
const PLACE = 'your-relay.example:443';
const USERLEAP = { USERLEAP_ENDPOINT: 'https://your-relay.example' };
const TRUST = { NODE_EXTRA_CA_CERTS: join(__dirname, '../fixtures/your-relay.pem') };
const IDENTIFY = { type: 'identify', userId: 'anna', messageId: 'one', traits: { plan: 'pro' } };

/** UserLeap, encrypted, at a name that only the proxy knows. */
describe('a relay whose only way out is a proxy', () => {
  let pair: RelayOnSandbox;
  let front: TlsFront;
  let proxy: ConnectProxy;
  beforeAll(async () => {
    front = await TlsFront.start(() => Number(new URL(pair.sandbox.url).port));
    proxy = await ConnectProxy.start(`relay:${PASSWORD}`, () => front.port);
    pair = await RelayOnSandbox.start({}, { ...USERLEAP, ...TRUST, RELAY_HTTPS_PROXY: proxy.url });
  });
  afterAll(async () => {
    await pair.stop();
    await front.close();
    await proxy.close();
  });

  async function restart(env: Readonly<Record<string, string>>): Promise<void> {
    await pair.relay.end('SIGTERM');
    Object.assign(pair.env, { NODE_EXTRA_CA_CERTS: '' }, env);
    await pair.startRelay();
  }

  it('delivers through it, to a server whose certificate it trusts', async () => {
    expect(await pair.admin.checkKey('default')).toEqual({ ok: true, status: 404, message: 'UserLeap takes the key' });
    await pair.post('/v1/identify', IDENTIFY);
    expect(await pair.settled(1)).toMatchObject([{ state: 'delivered' }]);
    expect(pair.sandbox.users()).toMatchObject([{ externalUserId: 'anna' }]);
    expect(new Set(proxy.asked)).toEqual(new Set([PLACE]));
  });

  it('sends nothing to a server whose certificate it does not trust', async () => {
    await restart({ RELAY_HTTPS_PROXY: proxy.url });
    const sent = pair.sandbox.requests().length;
    expect(await pair.admin.checkKey('default')).toMatchObject({ ok: false, status: null });
    expect(pair.sandbox.requests()).toHaveLength(sent);
  });

  it.each([
    ['lets nobody through', () => proxy.urlFor('relay:wrong-password'), 'answered 407 to CONNECT'],
    ['is not there', () => 'http://relay:wrong-password@127.0.0.1:1', 'could not be reached (ECONNREFUSED)'],
  ])('names a proxy that %s, keeps the event, and tells nobody the password', async (_, url, what) => {
    await restart({ ...TRUST, RELAY_HTTPS_PROXY: url() });
    const address = new URL(url()).host;
    const message = `UserLeap could not be reached: the proxy ${address} ${what}`;
    expect(await pair.admin.checkKey('default')).toEqual({ ok: false, status: null, message });
    await pair.post('/v1/track', { type: 'track', event: 'Paid', userId: 'anna', messageId: `at ${address}` });
    const waiting = await until('the event to be tried', async () => {
      const [event] = await pair.admin.events({ messageId: `at ${address}` });
      return event?.message ? event : undefined;
    });
    expect(waiting).toMatchObject({ state: 'pending', reason: 'network_failure', message });
    const { variables } = await pair.admin.settings();
    const shown = variables.find(({ name }) => name === 'RELAY_HTTPS_PROXY')?.value;
    expect(shown).toBe(`http://relay:••••@${address}`);
    expect(pair.relay.output()).not.toContain('password');
  });
});
