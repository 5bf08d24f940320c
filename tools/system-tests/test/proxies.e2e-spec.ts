import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { ADMIN_TOKEN, RelayOnSandbox, until, WRITE_KEY } from '@segment-userleap/relay-driver';
import { basic } from '../src/doors/credentials';
import { DocumentedProxy, findProxy } from '../src/proxies/documented-proxy';

const NAME = 'your-relay.example';
const CERTIFICATE = readFileSync(join(__dirname, '../fixtures/your-relay.pem'));
// With room for what is around it: just below the 5 MB that the relay takes.
const LARGEST = 5_200_000;
const EVENT_LENGTH = 26_000;

describe.each(['nginx', 'haproxy'] as const)('docs/proxies: %s', (name) => {
  const path = findProxy(name);
  const itWithProxy = path === undefined ? it.skip : it;
  const title = (text: string): string => (path === undefined ? `${text} (not run: no ${name} is installed)` : text);
  let pair: RelayOnSandbox;
  let proxy: DocumentedProxy;

  beforeAll(async () => {
    if (path === undefined) return;
    pair = await RelayOnSandbox.start({}, { RELAY_TRUSTED_PROXIES: '127.0.0.1' });
    proxy = await DocumentedProxy.start(name, path, new URL(pair.relay.url).host);
  });

  afterAll(async () => {
    await proxy?.stop();
    await pair?.stop();
  });

  /** Over TLS, as a sender elsewhere. */
  async function ask(target: string, headers: Readonly<Record<string, string>>, body?: string) {
    const method = body === undefined ? 'GET' : 'POST';
    const options = { host: '127.0.0.1', port: proxy.port, servername: NAME, ca: CERTIFICATE, agent: false, method };
    const call = request({ ...options, path: target, headers: { host: NAME, ...headers } });
    const [answer] = (await once(call.end(body), 'response')) as [IncomingMessage];
    return answer;
  }

  itWithProxy(title('lets the largest batch of a webhook through'), async () => {
    const events = Array.from({ length: LARGEST / EVENT_LENGTH }, (_, number) => {
      const event = {
        type: 'identify',
        userId: `user ${number}`,
        messageId: `message ${number}`,
        traits: { about: '' },
      };
      return { ...event, traits: { about: 'x'.repeat(EVENT_LENGTH - JSON.stringify(event).length - 1) } };
    });
    const body = JSON.stringify(events);
    expect(body.length).toBeGreaterThan(LARGEST - 10);
    const headers = { ...basic(WRITE_KEY), 'content-type': 'application/json' };
    const answer = await ask('/webhooks/segment', headers, body);
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(await pair.settled(events.length)).toHaveLength(events.length);
  });

  itWithProxy(title("hands on the dashboard's live updates at once"), async () => {
    const answer = await ask('/api/live', { authorization: `Bearer ${ADMIN_TOKEN}` });
    let told = '';
    answer.setEncoding('utf8').on('data', (chunk: string) => (told += chunk));
    await until('the overview', () => told.includes('event: overview') || undefined);
    await pair.post('/v1/identify', { userId: 'ann', traits: {} });
    await until('the event', () => told.includes('event: events') || undefined);
    answer.destroy();
  });
});
