import { SeededRandom } from '@segment-userleap/relay-driver';
import { BODY_KINDS } from './body-kinds';
import { CREDENTIAL_KINDS, RIGHT_KEY } from './credential-kinds';
import { toBytes } from './draft';
import type { Draft } from './draft';
import { EVENT_KINDS } from './event-kinds';
import { HEAD_KINDS } from './head-kinds';
import type { HostileCase } from './hostile-case';
import { LARGE_KINDS } from './large-kinds';
import { plausibleEvent, TYPES } from './plausible-event';
import { WIRE_KINDS } from './wire-kinds';

const DOORS = ['/v1/batch', '/v1/batch', '/v1/batch', '/v1/import', '/v1/b', '/webhooks/segment', '/webhooks/segment',
  '/webhooks/segment/default', '/webhooks/segment/default', '/health/live', '/api/events', '/v1/identify', '/v1/track', '/v1/page',
  '/v1/screen', '/v1/group', '/v1/alias', '/v1/delete', '/v1/i', '/v1/t', '/v1/p', '/v1/s', '/v1/g', '/v1/a', '/v1/m',
] as const; // oxfmt-ignore
const LISTS = ['/v1/batch', '/v1/import', '/v1/b'];
// Of requests: those that are large, and those that have something else wrong with them as well.
const LARGE_SHARE = 0.004;
const SECOND_SHARE = 0.15;

const KINDS = [EVENT_KINDS, BODY_KINDS, HEAD_KINDS, CREDENTIAL_KINDS, WIRE_KINDS].flatMap((kinds) =>
  Object.keys(kinds),
);
const NO_KINDS = new Error('there are no kinds');

/** The request of this number: the same seed and number make the same. */
export function makeCase(seed: number, index: number, host: string): HostileCase {
  const random = new SeededRandom(Math.imul(seed, 0x9e3779b1) ^ index);
  const kind = draw(random, random.next() < LARGE_SHARE ? Object.keys(LARGE_KINDS) : KINDS);
  const kinds = random.next() < SECOND_SHARE ? [kind, draw(random, KINDS)] : [kind];
  const draft: Draft = { method: 'POST', target: random.pick(DOORS), headers: [['Host', host]], body: Buffer.alloc(0) };
  if (draft.target.startsWith('/health') || draft.target.startsWith('/api')) draft.method = 'GET';
  draft.body = Buffer.from(bodyFor(draft.target, random, kinds));
  // A signature covers the body before it is compressed, or harmed.
  const credentials = kinds.flatMap((name) => CREDENTIAL_KINDS[name] ?? []);
  for (const twist of credentials.length > 0 ? credentials : [RIGHT_KEY]) twist(random, draft);
  for (const name of kinds) (BODY_KINDS[name] ?? LARGE_KINDS[name] ?? HEAD_KINDS[name])?.(random, draft);
  // Of a HEAD in the midst of others it could not be told where its answer ends.
  const wire = draft.method === 'HEAD' ? undefined : kinds.flatMap((name) => WIRE_KINDS[name] ?? [])[0];
  const { bytes, ending } = wire?.(random, draft) ?? { bytes: toBytes(draft), ending: 'whole' };
  return { kind, index, bytes, ending, isHead: draft.method === 'HEAD' };
}

function bodyFor(target: string, random: SeededRandom, kinds: readonly string[]): string {
  const type = TYPES.find((one) => target.endsWith(`/${one}`));
  const twist = kinds.flatMap((name) => EVENT_KINDS[name] ?? [])[0];
  const text = (): string => {
    const event = plausibleEvent(random, type);
    return twist?.(random, event) ?? JSON.stringify(event);
  };
  if (LISTS.includes(target)) return `{"batch": [${[text(), '{}', JSON.stringify(plausibleEvent(random))].join(',')}]}`;
  if (!target.startsWith('/webhooks') || random.next() < 0.4) return text();
  return random.next() < 0.3 ? `[{"json": ${text()}}]` : `[${text()}, ${JSON.stringify(plausibleEvent(random))}]`;
}

function draw(random: SeededRandom, [first, ...others]: readonly string[]): string {
  if (first === undefined) throw NO_KINDS;
  return random.pick([first, ...others]);
}
