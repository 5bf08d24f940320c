import { WRITE_KEY } from '@segment-userleap/relay-driver';
import type { SeededRandom } from '@segment-userleap/relay-driver';
import type { Draft } from './draft';
import { CANARY } from './hostile-case';

/** Does something to the method, the target or the headers of a request. */
export type HeadKind = (random: SeededRandom, draft: Draft) => void;

const CONTENT_TYPES = [';;;', '', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'a/b/c', '/',
  'application/json; charset=utf-16', 'application/json; charset="', `${CANARY}/${CANARY}`, 'multipart/form-data; boundary=a',
  'application/json, text/html', '__proto__', 'text/plain;'.repeat(500), 'application/\xffjson',
] as const; // oxfmt-ignore
const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'QUERY'] as const;
const TARGETS = ['/', '//', '/v1', '/v1/', '/v1//batch', '/v1/batch/', '//v1/batch', '/v1/import/', '/beacon/v1/batch', `/beacon/v1/batch?writeKey=${CANARY}`,
  `/beacon/v1/batch?writeKey=${WRITE_KEY}`, `//beacon//v1/batch/?writeKey=${WRITE_KEY}&writeKey=a`, '/beacon/v1/batch?writeKey[]=%ff',
  `/v1/projects/${WRITE_KEY}/settings`, `/v1/projects/${CANARY}/settings`, '/v1/projects/%00/settings', '/v1/projects//settings', `/v1/projects/${CANARY}/integrations`,
  `/v1/pixel/track?writeKey=${CANARY}&a.__proto__.b=c`, '/v1/pixel/track?data=%ff', `/pixel/v1/page?writeKey=${WRITE_KEY}&a=b&a.b=c`, '/v1/pixel/',
  `/v1/projects/${'x'.repeat(5_000)}/settings`, `/sourceConfig/?writeKey=${CANARY}`, '/sourceConfig', '/sourceConfig?writeKey[a]=b',
  '/v1/%62atch', '/v1/../v1/batch', '/v1/%2e%2e/batch',
  '/%zz', '/v1/%', '/v1/%ff', '/v1/%00', '/v1/batch%00', '/v1/batch?', '/v1/batch?%', `/v1/batch?a=${CANARY}`, '/v1/batch#a',
  `/v1/${CANARY}`, `/${CANARY}`, '/v1/__proto__', '/v1/constructor', '/v1/toString', '/V1/BATCH', '/v1/batch;a=b', '/v1/batch\\',
  '/webhooks/segment/', '/webhooks/segment/__proto__', '/webhooks/segment/constructor', '/webhooks/segment/%2e%2e',
  `/webhooks/segment/${CANARY}`, '/webhooks/segment/default/more', '/webhooks/segment/default%00', '/webhooks/segment/%ff',
  '/api', '/api/events/1', '/api/destinations', '/api/dead-letters/replay', '/health', '/favicon.ico', '/.env', '/v1/i', '/v1/m',
  'http://127.0.0.1/v1/batch', `http://${CANARY}.example/v1/batch`, 'http://', '*', '/v1/\xe9', '/v1/batch?'.padEnd(4_000, 'a=b&'),
  '/'.repeat(3_000), '/v1/'.padEnd(12_000, 'x'), '/%2f'.repeat(1_000), '/webhooks/segment/'.padEnd(6_000, '%41'),
] as const; // oxfmt-ignore

/** By name: what can be wrong with the head of a request. */
export const HEAD_KINDS: Readonly<Record<string, HeadKind>> = {
  'an odd content type': (random, { headers }) => void headers.push(['Content-Type', random.pick(CONTENT_TYPES)]),
  'an odd method': (random, draft) => {
    draft.method = random.pick(METHODS);
    if (random.next() < 0.5) draft.body = Buffer.alloc(0);
  },
  'an odd target': (random, draft) => {
    draft.target = random.pick(TARGETS);
    if (random.next() < 0.3) draft.method = 'GET';
  },
  'an odd query': (random, draft) => {
    draft.method = 'GET';
    const query = random.pick(['limit=-1', 'limit=1e9', 'limit=1&limit=2', 'id=0x10', 'userId=%00', 'state=', 'a[b]=c', '%',
      '__proto__=1', 'userId=%ff', 'messageId='.padEnd(9_000, 'x'), `state=${CANARY}`, 'userId=%27%20or%201=1--', '&&==',
    ]); // oxfmt-ignore
    draft.target = `/api/events?${query}`;
  },
  'a large header': (random, { headers }) => {
    headers.push([random.pick(['X-Large', 'Cookie', 'Authorization', 'X-Signature', 'Origin']), large(random)]);
  },
  'many headers': (random, { headers }) => {
    const count = random.magnitude(50, 3_000);
    headers.push(...Array.from({ length: count }, (_, at): [string, string] => [`x${at}`, '']));
  },
  'odd names of headers': (random, { headers }) => {
    headers.push([random.pick(['__proto__', 'constructor', 'toString', 'x-\xe9', '!', CANARY]), CANARY]);
  },
  'another expectation': (random, { headers }) => {
    headers.push(['Expect', random.pick(['100-continue', '100-Continue', CANARY, '', '200-ok'])]);
  },
  'an upgrade': (random, { headers }) => {
    // Closed, for Node.js lets what follows on the connection and is no HTTP wait for the time limit.
    headers.push(['Connection', 'Upgrade, close'], ['Upgrade', random.pick(['websocket', 'h2c', 'TLS/1.0', CANARY])]);
  },
  'an odd origin': (random, draft) => {
    if (random.next() < 0.5) draft.method = 'OPTIONS';
    const origin = random.pick(['null', '*', `https://${CANARY}.example`, '', 'https://a, https://b', '\xff']);
    draft.headers.push(['Origin', origin], ['Access-Control-Request-Method', random.pick(['POST', CANARY, ''])]);
    draft.headers.push(['Access-Control-Request-Headers', random.pick(['authorization', CANARY, ',,,'])]);
  },
  'odd forwarding': (random, { headers }) => {
    const from = random.pick(['', ',', CANARY, '::1', '999.1.1.1', '127.0.0.1', '1.1.1.1, '.repeat(400), '[::1]:80']);
    headers.push(['X-Forwarded-For', from], ['X-Forwarded-Host', CANARY], ['X-Forwarded-Proto', 'javascript']);
  },
  'an odd request id': (random, { headers }) => {
    headers.push(['X-Request-Id', random.pick(['', CANARY, CANARY.repeat(300), '"},{"a":"', '\xff'])]);
  },
};

function large(random: SeededRandom): string {
  return CANARY.repeat(random.magnitude(100, 8_000));
}
