import type { Selectable } from 'kysely';
import { IS_PENDING } from '../schema/conditions';
import { lockLanes } from './lock-lanes';
import type { LaneColumns, Tx } from '../schema/outbox-schema';

type Lane = Selectable<LaneColumns>;

interface Call {
  readonly destination: string;
  readonly now: number;
}

// Of one user: as many as a turn takes.
const MOST_ALIASES = 1_000;
const MOST_USERS = 100;
// About half a minute of back-off. An Alias that fails for longer holds nobody up: it takes nothing away when it comes.
const ATTEMPTS_WAITED_FOR = 5;

/**
 * The lanes that go out together with this one: what came before an Alias goes before it and what came after it after it, for
 * all users that Aliases bind together. Undefined where it has to wait, because one of the lanes is in flight or about to be,
 * has a Delete to go first or backs off.
 */
export async function joinAliased(
  tx: Tx,
  call: Call,
  first: Lane,
  inFlight: ReadonlySet<string>,
): Promise<readonly Lane[] | undefined> {
  const lanes = new Set([first.lane]);
  const users = new Set([first.lane]);
  // A Set's iterator meets what is added on the way.
  for (const user of users) {
    const { newUsers, oldUsers } = await findAliased(tx, call, user);
    const others = [...newUsers, ...oldUsers].filter((other) => !users.has(other));
    if (others.length === 0 || users.size >= MOST_USERS) continue;
    const known = await loadLanes(tx, call, others);
    if (known.some(({ lane, leased }) => leased === 1 || inFlight.has(lane))) return undefined;
    const deleting = known.filter((lane) => lane.last_delete !== null && !(isLate(lane) && oldUsers.has(lane.lane)));
    const [last] = deleting.sort((one, other) => (other.due_at ?? 0) - (one.due_at ?? 0));
    if (last && user !== first.lane && isLate(last)) {
      lanes.delete(user);
      continue;
    }
    if (last) return (last.due_at ?? 0) > call.now ? waitFor(tx, call, first, last) : undefined;
    const joining = known.filter((lane) => !isLate(lane) && (lane.parked === 0 || !oldUsers.has(lane.lane)));
    const later = joining.find((lane) => oldUsers.has(lane.lane) && (lane.due_at ?? 0) > call.now);
    if (later) return waitFor(tx, call, first, later);
    for (const { lane } of joining) lanes.add(lane);
    // A user whose lane does not come along binds nobody; one without a lane does.
    for (const other of others) if (lanes.has(other) || !known.some(({ lane }) => lane === other)) users.add(other);
  }
  const locked = await lockLanes(tx, call, [...lanes]);
  return locked.length === lanes.size ? locked : undefined;
}

/** The new users of the Aliases that wait in a user's lane, and the old users of those to it. */
async function findAliased(
  tx: Tx,
  { destination }: Call,
  userId: string,
): Promise<{ newUsers: ReadonlySet<string>; oldUsers: ReadonlySet<string> }> {
  const own = await tx
    .selectFrom('events')
    .select('other_user')
    .where('destination', '=', destination)
    .where('lane', '=', userId)
    .where(IS_PENDING)
    .where('other_user', 'is not', null)
    .orderBy('id')
    .limit(MOST_ALIASES)
    .execute();
  const aliases = await tx
    .selectFrom('events')
    .select('lane')
    .where('destination', '=', destination)
    .where('other_user', '=', userId)
    .where(IS_PENDING)
    .execute();
  return {
    newUsers: new Set(own.flatMap((row) => row.other_user ?? [])),
    oldUsers: new Set(aliases.flatMap((row) => row.lane ?? [])),
  };
}

function loadLanes(tx: Tx, { destination }: Call, names: readonly string[]): Promise<readonly Lane[]> {
  return tx.selectFrom('lanes').selectAll().where('destination', '=', destination).where('lane', 'in', names).execute();
}

/** A lane that waits for one that has failed for long is late itself: nobody waits for it in turn. */
async function waitFor(tx: Tx, { destination }: Call, { lane }: Lane, { due_at, attempts }: Lane): Promise<undefined> {
  await tx
    .updateTable('lanes')
    .set({ due_at, ...(isLate({ attempts }) ? { attempts } : {}) })
    .where('destination', '=', destination)
    .where('lane', '=', lane)
    .execute();
}

function isLate({ attempts }: Pick<Lane, 'attempts'>): boolean {
  return attempts >= ATTEMPTS_WAITED_FOR;
}
