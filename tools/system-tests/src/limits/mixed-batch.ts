import type { RecordedRequest } from '@segment-userleap/userleap-sandbox';

/** An event of a batch, and how to find it in what UserLeap took. */
export interface MixedEvent {
  readonly event: { readonly type: string; readonly userId?: string; readonly [field: string]: unknown };
  /** What it comes to when all goes well: `sent` to UserLeap, `left out` by a rule, or `discarded`. */
  readonly fate: 'sent' | 'left out' | 'discarded';
  /** Does this request carry it? Each event has a mark that no other has. */
  isIn(request: RecordedRequest): boolean;
}

interface Upsert {
  readonly userId?: string;
  readonly userIds?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly events?: readonly { readonly event: string; readonly timestamp: number }[];
}

const BASE = Date.parse('2026-01-15T10:00:00.000Z');
const NEVER = (): boolean => false;

/**
 * So many events in the order of arrival, in blocks of twenty: four users of one Identify and more, one that is carried over to
 * another id, one that is deleted, and four events that UserLeap must not get.
 */
export function mixedBatch(size: number): readonly MixedEvent[] {
  return Array.from({ length: Math.ceil(size / BLOCK.length) }, (_, block) => block)
    .flatMap((block) => BLOCK.map((make, place) => make(block * BLOCK.length + place, block)))
    .slice(0, size);
}

const BLOCK: readonly ((at: number, block: number) => MixedEvent)[] = [
  (at, block) => identify(at, `a-${block}`),
  (at, block) => track(at, `a-${block}`),
  (at, block) => page(at, `a-${block}`),
  (at, block) => identify(at, `b-${block}`),
  (at, block) => track(at, `b-${block}`),
  (at, block) => track(at, `b-${block}`),
  (at, block) => identify(at, `c-${block}`),
  (at, block) => track(at, `c-${block}`),
  (at, block) => page(at, `c-${block}`),
  (at, block) => track(at, `c-${block}`),
  (at, block) => identify(at, `d-${block}`),
  (at, block) => track(at, `d-${block}`),
  (at, block) => identify(at, `old-${block}`),
  (at, block) => alias(at, `old-${block}`, `new-${block}`),
  (at, block) => track(at, `new-${block}`),
  (at, block) => deletion(at, `gone-${block}`),
  (at, block) => unsent(at, 'discarded', { type: 'group', userId: `a-${block}`, groupId: 'g' }),
  (at) => unsent(at, 'discarded', { type: 'track', anonymousId: `visitor-${at}`, event: 'Visited' }),
  (at, block) => unsent(at, 'discarded', { type: 'track', userId: `a-${block}`, event: ' ' }),
  (at, block) =>
    unsent(at, 'left out', { type: 'track', userId: `a-${block}`, event: 'X', integrations: { UserLeap: false } }),
];

function identify(at: number, userId: string): MixedEvent {
  const mark = `trait-${at}`;
  return sent(at, { type: 'identify', userId, traits: { [mark]: true } }, (body) => {
    return body.userId === userId && Object.hasOwn(body.attributes ?? {}, mark);
  });
}

function track(at: number, userId: string): MixedEvent {
  return sent(at, { type: 'track', userId, event: `Event ${at}` }, (body) => {
    return body.userId === userId && (body.events ?? []).some(({ event }) => event === `Event ${at}`);
  });
}

function page(at: number, userId: string): MixedEvent {
  return sent(at, { type: 'page', userId, properties: { url: 'https://shop.example/' } }, (body) => {
    const mine = { event: 'pageview', timestamp: BASE + at * 1_000 };
    const views = body.userId === userId ? (body.events ?? []) : [];
    return views.some(({ event, timestamp }) => event === mine.event && timestamp === mine.timestamp);
  });
}

/** Carries over what the old user has: the mark of its Identify, in an upsert of the new user. */
function alias(at: number, previousId: string, userId: string): MixedEvent {
  return sent(at, { type: 'alias', userId, previousId }, (body) => {
    return body.userId === userId && body.attributes !== undefined;
  });
}

function deletion(at: number, userId: string): MixedEvent {
  return sent(at, { type: 'delete', userId, context: [], integrations: [] }, (body) => {
    return (body.userIds ?? []).includes(userId);
  });
}

function sent(at: number, event: MixedEvent['event'], isIn: (body: Upsert) => boolean): MixedEvent {
  return {
    event: timed(at, event),
    fate: 'sent',
    isIn: ({ method, body }) => method === 'POST' && isIn(body as Upsert),
  };
}

function unsent(at: number, fate: 'left out' | 'discarded', event: MixedEvent['event']): MixedEvent {
  return { event: timed(at, event), fate, isIn: NEVER };
}

function timed(at: number, event: MixedEvent['event']): MixedEvent['event'] {
  const timestamp = new Date(BASE + at * 1_000).toISOString();
  const now = new Date().toISOString(); // within the grace time for unknown users
  return Object.assign({ messageId: `m-${at}`, timestamp, receivedAt: now, sentAt: null }, event);
}
