import { createHmac } from 'node:crypto';
import { ADMIN_TOKEN, API_KEY, WRITE_KEY } from '@segment-userleap/relay-driver';
import type { SeededRandom } from '@segment-userleap/relay-driver';
import type { HeadKind } from './head-kinds';
import { CANARY } from './hostile-case';

export const SHARED_SECRET = 'contract-tests-shared-secret';

const RIGHT = basic(`${WRITE_KEY}:`);

/** What most requests have, so that they come far. */
export const RIGHT_KEY: HeadKind = (_, { headers }) => void headers.push(['Authorization', RIGHT]);

/** By name: how a request can try to get in. */
export const CREDENTIAL_KINDS: Readonly<Record<string, HeadKind>> = {
  'no credentials': (random, { headers }) => void headers.push(from(random)),
  'a wrong key': (random, { headers }) => {
    const value = random.pick([`Bearer ${CANARY}`, 'Basic', 'Basic ', 'Basic !!!', 'Basic =', `Basic ${WRITE_KEY}`, CANARY, ' ',
      basic(`${CANARY}:`), basic(':'), basic(''), basic(`:${WRITE_KEY}`), basic(`${WRITE_KEY}\0:`), basic(WRITE_KEY.repeat(99)),
      basic('\xff\xfe:'), `${RIGHT}, ${RIGHT}`, `${RIGHT} ${RIGHT}`, `Basic ${'A'.repeat(9_000)}`, 'Digest a="b', basic('\ud800:'),
    ]); // oxfmt-ignore
    headers.push(from(random), ['Authorization', value]);
  },
  'two keys': (random, { headers }) => {
    const both: [string, string][] = [
      ['Authorization', RIGHT],
      ['Authorization', basic(`${CANARY}:`)],
    ];
    headers.push(from(random), ...(random.next() < 0.5 ? both : both.reverse()));
  },
  'a right signature': (_, { headers, body }) => void headers.push(['X-Signature', sign(firstOf(body))]),
  'a wrong signature': (random, draft) => {
    const right = sign(draft.body);
    const value = random.pick(['', CANARY, right.toUpperCase(), right.slice(1), `${right}0`, `${right}, ${right}`, '0'.repeat(40),
      `sha1=${right}`, '\xff'.repeat(40), 'é'.repeat(20), right.replace(/^./, 'g'), 'f'.repeat(9_000),
    ]); // oxfmt-ignore
    draft.headers.push(from(random), ['X-Signature', value]);
    if (random.next() < 0.3) draft.headers.push(['Authorization', RIGHT]);
  },
  'odd settings': (random, { headers }) => {
    const json = random.pick(['null', '[]', '5', '{', '', '{"apiKey": 5}', '{"apiKey": null}', `{"apiKey": "${CANARY}"}`, '{}',
      `{"apiKey": "${API_KEY}"}`, `{"apiKey": "${WRITE_KEY}"}`, `{"apiKey": "${WRITE_KEY}", "unknownUsers": "${CANARY}"}`,
      `{"apiKey": "${WRITE_KEY}", "__proto__": {"apiKey": "a"}, "constructor": 1}`, `{"eventNames": {"a": "${CANARY}"}}`,
      `{"apiKey": "${WRITE_KEY}", "trackScreens": "yes", "pageUrlEvents": [[${'['.repeat(2_000)}]]}`, '{"endpoint": "http://a"}',
    ]); // oxfmt-ignore
    const value = random.pick([Buffer.from(json).toString('base64'), json, `${btoa(CANARY)}!`]);
    headers.push(from(random), ['X-Segment-Settings', value]);
    if (random.next() < 0.5) headers.push(['Authorization', RIGHT]);
  },
  'the admin token': (random, draft) => {
    if (random.next() < 0.5) [draft.method, draft.target] = ['GET', `/api/events?limit=${random.between(0, 20)}`];
    draft.headers.push(['Authorization', `Bearer ${ADMIN_TOKEN}`]);
  },
};

function basic(credentials: string): string {
  return `Basic ${Buffer.from(credentials, 'latin1').toString('base64')}`;
}

function sign(bytes: Buffer | string): string {
  return createHmac('sha1', SHARED_SECRET).update(bytes).digest('hex');
}

/** What is signed: of an array its first element alone. */
function firstOf(body: Buffer): Buffer | string {
  try {
    const parsed: unknown = JSON.parse(body.toString());
    return Array.isArray(parsed) ? JSON.stringify(parsed[0]) : body;
  } catch {
    return body;
  }
}

/** So many fail that they must not all come from one address: it would be shut out. A few do. */
function from(random: SeededRandom): [string, string] {
  const address = random.next() < 0.1 ? 1 : random.between(1, 0xffffff);
  return ['X-Forwarded-For', `10.${address >> 16}.${(address >> 8) & 255}.${address & 255}`];
}
