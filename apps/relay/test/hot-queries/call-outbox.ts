import type { EventFilter } from '../../src/outbox/port/event-record';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import type { Turn } from '../../src/outbox/port/turn';
import { LARGE_BUDGET, lease, leaseTurn, settle, settlementOf } from '../outbox-suite/attempt';
import {
  AT_ONCE,
  DAY,
  DELIVERED,
  HERE,
  LATER,
  NOW,
  PARKED,
  refused,
  retry,
  track,
  trackOf,
} from '../outbox-suite/sample-events';

const BEFORE = { at: NOW + 2_500, id: 2_500_000 };
const FILTERS: readonly Partial<EventFilter>[] = [
  {},
  { before: BEFORE },
  { destination: HERE },
  { state: 'delivered' },
  { state: 'delivered', before: BEFORE },
  { state: 'rejected' },
  { state: 'pending' },
  { state: 'held' },
  { reason: 'refused' },
  { type: 'track' },
  { userId: 'delivered-17' },
  { userId: 'late-17' },
  { messageId: 'delivered-17' },
  { id: 17 },
  { event: 'Opened' },
  { event: 'Opened', state: 'rejected' },
  { search: 'pene' },
  { search: 'late-17' },
  { from: NOW + 100, to: NOW + 4_000 },
];
const PERIODS = { retentionMs: 7 * DAY, deadLetterRetentionMs: 30 * DAY };

/** Every call that is made again and again, or by hand at any time, by name. They are made in this order. */
export const CALLS: Readonly<Record<string, (outbox: OutboxPort) => Promise<unknown>>> = {
  'listing events': async (outbox) => {
    for (const filter of FILTERS) await outbox.listEvents({ limit: 50, ...filter });
  },
  'listing lanes': async (outbox) => {
    const call = { now: NOW, limit: 50 };
    await outbox.listLanes(call);
    await outbox.listLanes({ ...call, destination: HERE, before: BEFORE });
    await outbox.listLanes({ ...call, userId: 'late-17' });
  },
  'looking at an event': (outbox) => outbox.loadEvent(17),
  'the overview': async (outbox) => {
    await outbox.overview(NOW);
    await outbox.flow({ destination: HERE, now: NOW, lastMs: 7 * DAY, partMs: 7_200_000 });
    await outbox.sampleBacklog(NOW);
    await outbox.countPending(HERE);
    await outbox.countWaitingFor('purge_not_allowed');
    await outbox.readySince(HERE, NOW);
    await outbox.readySince(HERE, NOW, 'backfill');
    await outbox.budgetUse(LARGE_BUDGET, NOW);
    await outbox.tryWriting();
  },
  'what was sent in a month': async (outbox) => {
    await outbox.usage({ environment: HERE, destinations: [HERE], month: 202601 });
    await outbox.usageDays({ environment: HERE, month: 202601 });
    for (const limit of [1_000, 1]) {
      await outbox.trackUsers({ environment: HERE, users: ['late-17', 'nobody'], at: NOW, limit });
    }
  },
  'dead letters': async (outbox) => {
    await outbox.groupDeadLetters();
    for (const filter of [
      {},
      { reason: 'refused' },
      { userId: 'refused-17' },
      { messageId: 'refused-17' },
      { message: 'yes' },
    ]) {
      await outbox.countDeadLetters(filter);
      await outbox.loadDeadLetters(filter, { at: NOW + 100, id: 1 }, 50);
    }
  },
  'asking after users': async (outbox) => {
    await outbox.isKnownUser(HERE, 'new-17');
    await outbox.lastDelivered(HERE, 'delivered-17');
    await outbox.lastDelivered(HERE, 'new-17');
  },
  accepting: async (outbox) => {
    const repeated = trackOf('delivered-17', 'delivered-17');
    await outbox.accept([track('a new one'), repeated, trackOf('late-17', 'to a lane')]);
    await outbox.accept([trackOf('backfilled-17', 'to a backfilled lane')]);
  },
  'accepting what claims held events': async (outbox) => {
    const claim = (number: number) => ({ claim: { anonymousId: `visitor-${number}`, userId: 'anna' } });
    await outbox.accept([17, 18, 999_999].map((number) => track(`claiming ${number}`, claim(number))));
  },
  'ending held events': async (outbox) => {
    const call = { before: NOW + 100, most: 1_000_000, now: NOW + DAY, limit: 50 };
    await outbox.endHeld(call);
    await outbox.endHeld({ ...call, before: NOW, most: 10 });
  },
  'erasing held events': async (outbox) => {
    await outbox.eraseHeld({ anonymousId: 'visitor-4000', now: NOW, limit: 500 });
    await outbox.countHeld();
  },
  'a purge': async (outbox) => {
    const turn = await leaseTurn(outbox);
    await settle(outbox, turn, [DELIVERED], { learnt: [[turn.lanes[0]?.lane ?? '', 'erased']] });
  },
  'a turn': async (outbox) => {
    const turns: Turn[] = [];
    for (let count = 0; count < 4; count += 1) turns.push(await leaseTurn(outbox, { mayPurge: false }));
    const [delivered, refusedOne, late, parked] = turns as [Turn, Turn, Turn, Turn];
    await outbox.reserve(delivered, LARGE_BUDGET, NOW);
    await settle(outbox, delivered, [DELIVERED], { learnt: [['ready', 'known']] });
    await settle(outbox, refusedOne, [refused('no')]);
    await settle(outbox, late, [retry('server_error')], { next: LATER });
    await settle(outbox, parked, [retry('unknown_user')], { next: PARKED });
    await settle(outbox, await leaseTurn(outbox, { mayPurge: false }), [retry('rate_limited')], { next: AT_ONCE });
  },
  'turns together': async (outbox) => {
    const leased = await lease(outbox, {
      mayPurge: false,
      looksUp: true,
      lookUpsFirst: 5,
      most: 100,
      now: NOW + 2 * DAY,
    });
    if (leased.kind !== 'turns') throw new Error(`expected turns, got ${leased.kind}`);
    const [first, ...others] = leased.turns.map((turn) => settlementOf(turn, [DELIVERED]));
    if (first) await outbox.settle([{ ...first, learnt: [['ready', 'known']] }, ...others]);
  },
  'turns of a backfill': async (outbox) => {
    const call = { mayPurge: false, looksUp: true, most: 10, mostBackfilled: 10, now: NOW + 2 * DAY };
    await lease(outbox, { ...call, liveTurns: 99, backfilledLookUpsFirst: 1 });
  },
  'a bulk': async (outbox) => {
    // Of few enough lanes: for a large share of them PostgreSQL reads through all of them, and rightly so.
    const leased = await lease(outbox, { bulk: { least: 50, most: 100 }, now: NOW + 2 * DAY });
    const [turn] = leased.kind === 'turns' ? leased.turns : [];
    if (!turn?.isBulk) throw new Error(`expected a bulk, got ${leased.kind}`);
    await settle(outbox, turn, [DELIVERED], { learnt: turn.lanes.map(({ lane }) => [lane, 'known']) });
  },
  'a look-up': async (outbox) => {
    await lease(outbox, { mayPurge: false, looksUp: true });
    await lease(outbox, { mayPurge: false, looksUp: true, lookUpsFirst: 1, now: NOW + 2 * DAY });
  },
  'ending what is parked': async (outbox) => {
    const call = { destination: HERE, now: NOW, limit: 100, sentence: 'given up' };
    await outbox.endParked({ ...call, before: NOW + 2_500 });
    await outbox.endParked(call);
    await outbox.findOvergrown(HERE, 10_000);
  },
  hastening: async (outbox) => {
    const call = { destination: HERE, after: NOW + 2 * DAY, now: NOW, limit: 100 };
    await outbox.hastenLanes({ ...call, kind: 'retries' });
    await outbox.hastenLanes({ ...call, kind: 'look-ups' });
    await outbox.leaveEnvironments({ ...call, environment: 'another' });
  },
  'a probe': async (outbox) => {
    await outbox.savePause(HERE, { reason: 'server_error', pausedAt: NOW, probes: 1, probeAt: NOW }, NOW);
    await lease(outbox, { probe: { due: NOW, next: NOW + 60_000 } });
    await outbox.savePause(HERE, undefined, NOW);
  },
  'giving up': async (outbox) => {
    const call = { destination: HERE, before: NOW + 2_500, now: NOW, sentence: 'given up', limit: 100 };
    await outbox.giveUp(call);
    await outbox.giveUp({ ...call, isForUntried: true });
  },
  pruning: (outbox) => outbox.prune({ now: NOW + 8 * DAY, limit: 100, deduplicationMs: 2 * DAY, ...PERIODS }),
  'pruning where message ids are needed for longer': (outbox) =>
    outbox.prune({ now: NOW + 8 * DAY, limit: 100, deduplicationMs: 60 * DAY, ...PERIODS }),
  'forgetting users that nobody knew': (outbox) =>
    outbox.prune({ now: NOW + 31 * DAY, limit: 100, deduplicationMs: 2 * DAY, ...PERIODS }),
  'going on with an erasure': (outbox) => outbox.goOnErasing({ now: NOW, limit: 100 }),
  'erasing by hand': async (outbox) => {
    await outbox.eraseUser({ userId: 'delivered-18', now: NOW, limit: 500 });
    await outbox.eraseUser({ userId: 'late-18', destination: HERE, now: NOW, limit: 500 });
  },
  dismissing: async (outbox) => {
    await outbox.dismiss({ filter: { reason: 'refused' }, now: NOW, limit: 100 });
    await outbox.dismiss({ filter: { message: 'no' }, now: NOW, limit: 100 });
  },
  'replaying what was delivered': async (outbox) => {
    const call = { state: 'delivered', from: NOW + 100 } as const;
    await outbox.countDeadLetters(call, 1_000);
    await outbox.loadDeadLetters(call, undefined, 500);
  },
  replaying: async (outbox) => {
    const letters = await outbox.loadDeadLetters({}, undefined, 500);
    const fate = { lane: 'anna', createsUser: false, deletesUser: false, otherUser: null };
    await outbox.requeue(
      letters.map(({ id }) => ({ id, fate })),
      NOW,
    );
  },
};
