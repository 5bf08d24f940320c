import type { LeaseCall } from '../port/turn';
import type { CountedTx } from '../counting/counted-write';
import { findAsking, findDeleting, findDue, findReady, LANES_LOOKED_AT } from './find-lanes';
import type { Lane } from './find-lanes';
import { findStrangers } from './find-strangers';
import { joinAliased } from './join-aliased';
import { lockLanes } from './lock-lanes';
import { parkStrangers } from './park-lanes';

/** How many rounds of ready lanes one transaction puts aside. */
const MOST_ROUNDS = 10;

/**
 * The lanes that go out next. Lanes that another process holds are passed over; SQLite, which has one writer, leaves
 * `FOR UPDATE SKIP LOCKED` out of these queries (sqlite-dialect.ts). `put aside`: so many lanes of unknown users were in the
 * way that there may be others behind them; to be asked again.
 *
 * Deletes go first: many share one request, and what was queued before them needs none. As a probe they go last: answers to a
 * purge are about purges, and where none is taken, all else would wait for ever. Then what can be delivered, the oldest event
 * first; then look-ups of users, which go first only when it is their turn.
 */
export async function chooseLanes(tx: CountedTx, call: LeaseCall): Promise<readonly Lane[] | 'put aside'> {
  const kinds = [
    ...(call.mayPurge ? [findDeleting] : []),
    ...(call.asksFirst ? [chooseAsking, chooseDeliverable] : [chooseDeliverable, chooseAsking]),
  ];
  if (call.probe && call.mayPurge) kinds.push(...kinds.splice(0, 1));
  for (const choose of kinds) {
    const lanes = await choose(tx, call);
    if (lanes.length > 0) return lanes;
  }
  return [];
}

/** The lane without a Delete whose oldest event is oldest, with those that Aliases bind it to. */
async function chooseDeliverable(tx: CountedTx, call: LeaseCall): Promise<readonly Lane[] | 'put aside'> {
  const due = await findDue(tx, call);
  let after = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const ready = await findReady(tx, call, after);
    const isLast = ready.length < LANES_LOOKED_AT;
    const end = isLast ? Infinity : (ready.at(-1)?.oldest_event ?? 0);
    const strangers = call.looksUp ? await findStrangers(tx, call, ready) : [];
    await parkStrangers(tx, call, strangers);
    const putAside = new Set(strangers.map(({ lane }) => lane));
    const known = ready.filter((lane) => !putAside.has(lane));
    const dueToo = due.filter(({ oldest_event }) => oldest_event > after && oldest_event <= end);
    const candidates = [...known, ...dueToo].sort((one, other) => one.oldest_event - other.oldest_event);
    const lanes = await firstOf(tx, call, candidates);
    if (lanes.length > 0 || isLast) return lanes;
    after = end;
  }
  return 'put aside';
}

async function chooseAsking(tx: CountedTx, call: LeaseCall): Promise<readonly Lane[]> {
  return firstOf(tx, call, await findAsking(tx, call));
}

/** The first of these that may go now, with those that Aliases bind it to. */
async function firstOf(tx: CountedTx, call: LeaseCall, candidates: readonly Lane[]): Promise<readonly Lane[]> {
  for (const { lane } of candidates) {
    // Those that others hold are found out before anything else is asked.
    const [own] = await lockLanes(tx, call, [lane]);
    const lanes = own && (await joinAliased(tx, call, own));
    if (lanes) return lanes;
  }
  return [];
}
