import { TURNS_PER_BACKFILL } from '../port/turn';
import type { LeaseCall } from '../port/turn';
import type { CountedTx } from '../counting/counted-write';
import type { Flag } from '../schema/outbox-schema';
import {
  BACKFILLED,
  findAsking,
  findBackfilled,
  findDeleting,
  findDue,
  findReady,
  LANES_LOOKED_AT,
  LIVE,
} from './find-lanes';
import type { Lane } from './find-lanes';
import { findStrangers } from './find-strangers';
import { parkStrangers } from './park-lanes';
import { TurnChoice } from './turn-choice';

// How many rounds of ready lanes one transaction puts aside. Each is larger than the one before: where lanes of unknown users
// are in the way, there are often many of them, and a statement for few takes nearly as long as one for all.
const MOST_ROUNDS = 3;
const GROWTH = 4;
const MOST_LANES = 100;

/** What goes out next, by turn. */
export interface ChosenTurns {
  readonly turns: readonly (readonly Lane[])[];
  /** Nothing live is ready: what is backfilled has what the budget leaves. */
  readonly isRest: boolean;
  readonly hasBackfilled: boolean;
}

/**
 * The lanes that go out next. Lanes that another process holds are passed over; SQLite, which has one writer, leaves
 * `FOR UPDATE SKIP LOCKED` out of these queries (sqlite-dialect.ts). `put aside`: so many lanes of unknown users were in the
 * way that there may be others behind them; to be asked again.
 *
 * Deletes go first: many share one request, and what was queued before them needs none. As a probe they go last: answers to a
 * purge are about purges, and where none is taken, all else would wait for ever. Then what can be delivered, the oldest event
 * first; then look-ups of users, of which a few go first. Lanes that hold nothing but backfilled events come after all of that,
 * in the same order; a tenth of the turns are theirs in any case.
 */
export async function chooseTurns(tx: CountedTx, call: LeaseCall): Promise<ChosenTurns | 'put aside'> {
  const deleting = call.mayPurge && !call.probe ? await findDeleting(tx, call) : [];
  if (deleting.length > 0) return { turns: [deleting], isRest: false, hasBackfilled: false };
  const choice = new TurnChoice(tx, call);
  const share = Math.floor((call.liveTurns + call.most) / TURNS_PER_BACKFILL);
  // Asked where it matters only: most relays have none.
  let hasBackfilled = share > 0 && (await findBackfilled(tx, call));
  if (hasBackfilled) await chooseBackfilled(tx, call, choice, share);
  const shared = choice.turns.length;
  const hasRoom = choice.left > 0;
  const isAll = await chooseLive(tx, call, choice);
  // Where nothing live is ready, what is backfilled has the places of a backfill, be it a share or not.
  const isRest = hasRoom && isAll && choice.turns.length === shared;
  if (choice.turns.length > 0 && !isRest) return { turns: choice.turns, isRest: false, hasBackfilled };
  if (!isAll) return 'put aside';
  hasBackfilled ||= await findBackfilled(tx, call);
  if (hasBackfilled && call.mostBackfilled > 0) {
    const isAllBackfilled = await chooseBackfilled(tx, call, choice, call.mostBackfilled - shared);
    const turns = choice.turns.slice(0, call.mostBackfilled);
    if (turns.length > 0) return { turns, isRest: true, hasBackfilled };
    if (!isAllBackfilled) return 'put aside';
  }
  const probing = call.mayPurge && call.probe ? await findDeleting(tx, call) : [];
  return { turns: probing.length > 0 ? [probing] : [], isRest: false, hasBackfilled };
}

/** Returns false where there may be more that can be delivered. */
async function chooseLive(tx: CountedTx, call: LeaseCall, choice: TurnChoice): Promise<boolean> {
  if (call.lookUpsFirst > 0) await choice.add(await findAsking(tx, call, LIVE), call.lookUpsFirst);
  const isAll = await chooseDeliverable(tx, call, choice, LIVE, choice.left);
  if (isAll && choice.left > 0) await choice.add(await findAsking(tx, call, LIVE));
  return isAll;
}

/** So many turns at most. Returns false where there may be more that can be delivered. */
async function chooseBackfilled(tx: CountedTx, call: LeaseCall, choice: TurnChoice, most: number): Promise<boolean> {
  const end = choice.turns.length + most;
  const lookUps = Math.min(most, call.backfilledLookUpsFirst);
  if (lookUps > 0) await choice.add(await findAsking(tx, call, BACKFILLED), lookUps);
  const isAll = await chooseDeliverable(tx, call, choice, BACKFILLED, end - choice.turns.length);
  const left = end - choice.turns.length;
  if (isAll && left > 0) await choice.add(await findAsking(tx, call, BACKFILLED), left);
  return isAll;
}

/** Lanes without a Delete, those with the oldest events first, so many at most. Returns false where there may be more of them. */
async function chooseDeliverable(
  tx: CountedTx,
  call: LeaseCall,
  choice: TurnChoice,
  backfilled: Flag,
  most: number,
): Promise<boolean> {
  const enough = choice.turns.length + Math.min(most, choice.left);
  const left = (): number => enough - choice.turns.length;
  const due = await findDue(tx, call, backfilled);
  let limit = Math.max(LANES_LOOKED_AT, left());
  let after = 0;
  for (let round = 0; round < MOST_ROUNDS && left() > 0; round += 1) {
    const ready = await findReady(tx, { ...call, backfilled, after, limit });
    const isLast = ready.length < limit;
    const end = isLast ? Infinity : (ready.at(-1)?.oldest_event ?? 0);
    const strangers = call.looksUp ? await findStrangers(tx, call, ready) : [];
    await parkStrangers(tx, call, strangers);
    const putAside = new Set(strangers.map(({ lane }) => lane));
    const known = ready.filter((lane) => !putAside.has(lane));
    const dueToo = due.filter(({ oldest_event }) => oldest_event > after && oldest_event <= end);
    await choice.add(
      [...known, ...dueToo].sort((one, other) => one.oldest_event - other.oldest_event),
      left(),
    );
    if (isLast) return true;
    after = end;
    limit = Math.max(left(), Math.min(limit * GROWTH, MOST_LANES));
  }
  return left() === 0;
}
