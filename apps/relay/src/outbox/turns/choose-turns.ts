import type { LeaseCall } from '../port/turn';
import type { CountedTx } from '../counting/counted-write';
import { findAsking, findDeleting, findDue, findReady, LANES_LOOKED_AT } from './find-lanes';
import type { Lane } from './find-lanes';
import { findStrangers } from './find-strangers';
import { parkStrangers } from './park-lanes';
import { TurnChoice } from './turn-choice';

// How many rounds of ready lanes one transaction puts aside. Each is larger than the one before: where lanes of unknown users
// are in the way, there are often many of them, and a statement for few takes nearly as long as one for all.
const MOST_ROUNDS = 3;
const GROWTH = 4;
const MOST_LANES = 100;

/**
 * The lanes that go out next, by turn. Lanes that another process holds are passed over; SQLite, which has one writer, leaves
 * `FOR UPDATE SKIP LOCKED` out of these queries (sqlite-dialect.ts). `put aside`: so many lanes of unknown users were in the
 * way that there may be others behind them; to be asked again.
 *
 * Deletes go first: many share one request, and what was queued before them needs none. As a probe they go last: answers to a
 * purge are about purges, and where none is taken, all else would wait for ever. Then what can be delivered, the oldest event
 * first; then look-ups of users, of which a few go first.
 */
export async function chooseTurns(tx: CountedTx, call: LeaseCall): Promise<readonly (readonly Lane[])[] | 'put aside'> {
  const deleting = call.mayPurge && !call.probe ? await findDeleting(tx, call) : [];
  if (deleting.length > 0) return [deleting];
  const choice = new TurnChoice(tx, call);
  if (call.lookUpsFirst > 0) await chooseAsking(tx, call, choice, call.lookUpsFirst);
  const isComplete = await chooseDeliverable(tx, call, choice);
  if (!isComplete && choice.turns.length === 0) return 'put aside';
  if (isComplete && choice.left > 0) await chooseAsking(tx, call, choice, choice.left);
  if (choice.turns.length > 0 || !call.mayPurge || !call.probe) return choice.turns;
  const probing = await findDeleting(tx, call);
  return probing.length > 0 ? [probing] : [];
}

/** Lanes without a Delete, those with the oldest events first. Returns false where there may be more of them. */
async function chooseDeliverable(tx: CountedTx, call: LeaseCall, choice: TurnChoice): Promise<boolean> {
  const due = await findDue(tx, call);
  let limit = Math.max(LANES_LOOKED_AT, choice.left);
  let after = 0;
  for (let round = 0; round < MOST_ROUNDS && choice.left > 0; round += 1) {
    const ready = await findReady(tx, call, { after, limit });
    const isLast = ready.length < limit;
    const end = isLast ? Infinity : (ready.at(-1)?.oldest_event ?? 0);
    const strangers = call.looksUp ? await findStrangers(tx, call, ready) : [];
    await parkStrangers(tx, call, strangers);
    const putAside = new Set(strangers.map(({ lane }) => lane));
    const known = ready.filter((lane) => !putAside.has(lane));
    const dueToo = due.filter(({ oldest_event }) => oldest_event > after && oldest_event <= end);
    await choice.add([...known, ...dueToo].sort((one, other) => one.oldest_event - other.oldest_event));
    if (isLast) return true;
    after = end;
    limit = Math.max(choice.left, Math.min(limit * GROWTH, MOST_LANES));
  }
  return choice.left === 0;
}

/** Lanes whose users are to be looked up. */
async function chooseAsking(tx: CountedTx, call: LeaseCall, choice: TurnChoice, most: number): Promise<void> {
  await choice.add(await findAsking(tx, call), most);
}
