import type { Selectable } from 'kysely';
import { IS_PENDING } from '../schema/conditions';
import type { LaneColumns, Tx } from '../schema/outbox-schema';

type Lane = Selectable<LaneColumns>;

interface Call {
  readonly destination: string;
  readonly now: number;
}

// Of a long lane, as many as a turn takes.
const EVENTS_LOOKED_AT = 1_000;
const MOST_LANES = 100;
// About half a minute of back-off. An Alias that fails for longer holds nobody up: it takes nothing away when it comes.
const ATTEMPTS_WAITED_FOR = 5;

/**
 * The lanes that go out together with this one: what came before an Alias goes before it and what came after it after it, in
 * the lanes of both its users. Undefined where it has to wait, because one of them is in flight, has a Delete to go first or
 * backs off.
 */
export async function joinAliased(tx: Tx, call: Call, first: Lane): Promise<readonly Lane[] | undefined> {
  const joined = new Map([[first.lane, first]]);
  // A Map's iterator meets what is added on the way.
  for (const lane of joined.values()) {
    for (const other of await findNeighbours(tx, call, lane)) {
      if (joined.has(other.lane) || joined.size >= MOST_LANES) continue;
      if (other.leased === 1 || other.last_delete !== null) return undefined;
      if (other.attempts >= ATTEMPTS_WAITED_FOR || (other.isOld && other.parked === 1)) continue;
      if (other.isOld && other.due_at !== null) {
        await waitUntil(tx, call, first, other.due_at);
        return undefined;
      }
      joined.set(other.lane, other);
    }
  }
  return joined.size === 1 ? [first] : lockAll(tx, call, [...joined.keys()]);
}

/** The lanes of the users that Aliases in this lane are to, and those in which an Alias to this lane's user waits. */
async function findNeighbours(
  tx: Tx,
  { destination }: Call,
  { lane }: Lane,
): Promise<readonly (Lane & { readonly isOld: boolean })[]> {
  const newUsers = tx
    .selectFrom((from) =>
      from
        .selectFrom('events')
        .select('other_user as lane')
        .where('destination', '=', destination)
        .where('lane', '=', lane)
        .where(IS_PENDING)
        .orderBy('id')
        .limit(EVENTS_LOOKED_AT)
        .as('next'),
    )
    .select('next.lane')
    .where('next.lane', 'is not', null);
  const oldUsers = tx
    .selectFrom('events')
    .select('lane')
    .where('destination', '=', destination)
    .where('other_user', '=', lane)
    .where(IS_PENDING);
  const [ofNew, ofOld] = [await newUsers.execute(), await oldUsers.execute()];
  if (ofNew.length === 0 && ofOld.length === 0) return [];
  const old = new Set(ofOld.map((row) => row.lane));
  const names = [...new Set([...ofNew, ...ofOld].flatMap((row) => row.lane ?? []))];
  const lanes = await tx
    .selectFrom('lanes')
    .selectAll()
    .where('destination', '=', destination)
    .where('lane', 'in', names)
    .execute();
  return lanes.map((other) => ({ ...other, isOld: old.has(other.lane) }));
}

async function waitUntil(tx: Tx, { destination }: Call, { lane }: Lane, due_at: number): Promise<void> {
  await tx
    .updateTable('lanes')
    .set({ due_at })
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .execute();
}

/** Undefined where another process has got hold of one of them meanwhile. */
async function lockAll(tx: Tx, { destination }: Call, names: readonly string[]): Promise<readonly Lane[] | undefined> {
  const lanes = await tx
    .selectFrom('lanes')
    .selectAll()
    .where('destination', '=', destination)
    .where('lane', 'in', names)
    .where('leased', '=', 0)
    .orderBy('lane')
    .forUpdate()
    .skipLocked()
    .execute();
  return lanes.length === names.length ? lanes : undefined;
}
