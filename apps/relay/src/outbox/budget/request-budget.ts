import { countsForMs, LATELY, paceRequests, planBackfill, planRequests } from '@segment-userleap/delivery';
import type { BackfillUse, BudgetUse, Plan } from '@segment-userleap/delivery';
import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { BudgetInUse } from '../port/budget-in-use';
import type { Priority } from '../port/event-record';
import type { Reserved, TakenPlace } from '../port/turn';
import type { Budget } from '../../config/rate-limit';
import { executeForRows } from '../schema/execute-for-rows';
import { isOneOf } from '../schema/is-one-of';
import { keptQuery } from '../schema/kept-query';
import { isPostgres } from '../schema/is-postgres';
import type { BudgetColumns, Db, Tx } from '../schema/outbox-schema';

// How long a request whose end is not known counts as under way: longer than one can last.
const LONGEST_REQUEST_MS = 20_000;
// A request that begins later may last longer than that.
const USABLE_MS = 5_000;
// UserLeap is believed when it asks for an hour at most (retry-delay.ts).
const LONGEST_BLOCK_MS = 60 * 60_000;

type Row = Selectable<BudgetColumns>;

/** How many places there are now, as it seems, for what is live and for a backfill. */
export async function countPlaces(
  db: Db,
  budget: Budget,
  now: number,
  most: number,
): Promise<Readonly<Record<Priority, Plan>>> {
  const [row] = await selectBudget(db, budget);
  const use = await loadUse(db, budget, now, row);
  return {
    live: planRequests(budget, use.live, now, most),
    backfill: planBackfill(budget, use.backfill, now, most),
  };
}

/**
 * Takes places in the budget, as many as there are now of those that are wanted. They are on disk before the requests may go,
 * so a crash cannot free them.
 */
export async function reservePlaces(
  tx: Tx,
  budget: Budget,
  now: number,
  most: number,
  priority: Priority,
): Promise<Reserved> {
  const row = await lockBudget(tx, budget);
  const use = await loadUse(tx, budget, now, row);
  const { count, nextAt } =
    priority === 'live' ? planRequests(budget, use.live, now, most) : planBackfill(budget, use.backfill, now, most);
  if (count === 0) return { kind: 'wait', until: nextAt };
  const plans = { live: use.live.nextAt, backfill: use.backfill.nextAt, [priority]: nextAt };
  // A block that is over must not come back where the clock is set back and the process begins anew.
  await updatePlan(tx, { id: budget.id, rate: rateOf(budget), ...plans });
  const place = [budget.id, latestFreeAt(budget, now), priority === 'live' ? 0 : 1];
  const taken = await executeForRows<{ id: number }>(
    tx,
    TAKE,
    Array.from({ length: count }, () => place),
  );
  return { kind: 'places', ids: taken.map(({ id }) => id), usableUntil: now + USABLE_MS };
}

interface KeptPlan extends Readonly<Record<Priority, number>> {
  readonly id: string;
  readonly rate: string;
}

const updatePlan = keptQuery((db, { id, rate, live, backfill }: KeptPlan) =>
  db
    .updateTable('budgets')
    .set({ rate, next_at: live, backfill_next_at: backfill, blocked_until: 0 })
    .where('id', '=', id),
);

const TAKE = {
  one: 'INSERT INTO budget_places (budget, free_at, backfilled) VALUES (?, ?, ?) RETURNING id',
  all: `INSERT INTO budget_places (budget, free_at, backfilled)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::smallint[]) RETURNING id`,
};

/** No place that is taken now or was taken before is free again later than this. */
function latestFreeAt(budget: Budget, now: number): number {
  return now + LONGEST_REQUEST_MS + countsForMs(budget);
}

/** Nobody else takes a place in it before the transaction ends. */
async function lockBudget(tx: Tx, budget: Budget): Promise<Row | undefined> {
  const [row] = await selectBudgetToLock(tx, budget);
  if (row) return row;
  await tx
    .insertInto('budgets')
    .values({ id: budget.id, rate: rateOf(budget), next_at: 0, blocked_until: 0 })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return (await selectBudgetToLock(tx, budget))[0];
}

const selectBudget = keptQuery((db, { id }: Pick<Budget, 'id'>) =>
  db.selectFrom('budgets').selectAll().where('id', '=', id),
);
const selectBudgetToLock = keptQuery((db, { id }: Pick<Budget, 'id'>) =>
  db.selectFrom('budgets').selectAll().where('id', '=', id).forUpdate(),
);

function rateOf({ requests, windowMs }: Budget): string {
  return `${requests}/${windowMs}`;
}

/**
 * As what is live sees it: of what may go at once a backfill takes nothing away. And as a backfill does. What lies further ahead than
 * it can was written by a clock that was ahead: it counts no more.
 */
async function loadUse(
  db: Db,
  budget: Budget,
  now: number,
  row: Row | undefined,
): Promise<{ readonly live: BudgetUse; readonly backfill: BackfillUse }> {
  const lately = Math.ceil(now + countsForMs(budget) * (1 - LATELY));
  const [found] = await selectUse(db, { id: budget.id, now, lately, latest: latestFreeAt(budget, now) });
  // A plan for another limit is none.
  const isPlanned = row?.rate === rateOf(budget);
  const blocked = row?.blocked_until ?? 0;
  const blockedUntil = blocked <= now + LONGEST_BLOCK_MS ? blocked : 0;
  const used = Number(found?.used);
  const backfilled = Number(found?.backfilled ?? 0);
  const use = { used, firstFreeAt: found?.firstFreeAt ?? now, blockedUntil };
  return {
    live: { ...use, usedAtOnce: used - backfilled, nextAt: isPlanned ? row.next_at : 0 },
    backfill: {
      ...use,
      backfilled,
      liveSoon: Math.round(Number(found?.liveLately ?? 0) / LATELY),
      nextAt: isPlanned ? row.backfill_next_at : 0,
    },
  };
}

interface UseCall {
  readonly id: string;
  readonly now: number;
  readonly lately: number;
  readonly latest: number;
}

const selectUse = keptQuery((db, { id, now, lately, latest }: UseCall) =>
  db
    .selectFrom('budget_places')
    .select((row) => [
      row.fn.countAll<number>().as('used'),
      row.fn.sum<number | null>('backfilled').as('backfilled'),
      row.fn.min('free_at').as('firstFreeAt'),
      sql<number | null>`SUM(CASE WHEN backfilled = 0 AND free_at > ${lately} THEN 1 ELSE 0 END)`.as('liveLately'),
    ])
    .where('budget', '=', id)
    .where('free_at', '>', now)
    .where('free_at', '<=', latest),
);

/** A request whose answer came counts from then; one that was never sent does not count. Forgets those that count no more. */
export async function endPlaces(tx: Tx, budget: Budget, places: readonly TakenPlace[]): Promise<void> {
  const latest = Math.max(...places.map(({ endedAt }) => endedAt ?? 0));
  await forgetPlaces(tx, { id: budget.id, until: latest });
  const unsent = places.filter(({ endedAt }) => endedAt === null).map(({ id }) => id);
  if (unsent.length > 0)
    await tx
      .deleteFrom('budget_places')
      .where(isOneOf(tx, 'id', unsent))
      .execute();
  const sent = places.flatMap(({ id, endedAt }) => (endedAt === null ? [] : [[endedAt + countsForMs(budget), id]]));
  await executeForRows(tx, END, sent);
}

const END = {
  one: 'UPDATE budget_places SET free_at = ? WHERE id = ?',
  all: `UPDATE budget_places SET free_at = new.free_at FROM unnest($1::bigint[], $2::bigint[]) AS new (free_at, id)
    WHERE budget_places.id = new.id`,
};

/**
 * Places that no request has used leave no gap behind: those that come later were planned after them. How many requests count at
 * once is limited by the places themselves.
 */
export async function closeGaps(tx: Tx, budget: Budget, places: readonly TakenPlace[]): Promise<void> {
  const unsent = places.filter(({ endedAt }) => endedAt === null).length;
  if (unsent === 0) return;
  const earlier = Math.floor((unsent * countsForMs(budget)) / budget.requests);
  await tx
    .updateTable('budgets')
    .set({ next_at: sql`next_at - ${earlier}`, backfill_next_at: sql`backfill_next_at - ${earlier}` })
    .where('id', '=', budget.id)
    .execute();
}

const PLACES_PER_STEP = 100;

/** A few at a time, and none that another turn forgets just now: turns that end do not wait for each other. */
const forgetPlaces = keptQuery((db, { id, until }: { readonly id: string; readonly until: number }) => {
  const old = db
    .selectFrom('budget_places')
    .select('id')
    .where('budget', '=', id)
    .where('free_at', '<=', until)
    .orderBy('free_at')
    .limit(PLACES_PER_STEP)
    .forUpdate()
    .skipLocked();
  const isOld = isPostgres(db) ? sql<boolean>`id = ANY (ARRAY(${old}))` : sql<boolean>`id IN (${old})`;
  return db.deleteFrom('budget_places').where(isOld);
});

export async function blockBudget(db: Db, budget: Budget, until: number): Promise<void> {
  await db
    .insertInto('budgets')
    .values({ id: budget.id, rate: rateOf(budget), next_at: 0, blocked_until: until })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ blocked_until: until })
        .where((row) =>
          // Further ahead than that it was written by a clock that was ahead.
          row.or([
            row('budgets.blocked_until', '<', until),
            row('budgets.blocked_until', '>', until + LONGEST_BLOCK_MS),
          ]),
        ),
    )
    .execute();
}

/** Forgets places that a clock took that was ahead: they would count once more when their time comes. */
export async function dropFarPlaces(db: Db, budget: Budget, now: number): Promise<void> {
  await db
    .deleteFrom('budget_places')
    .where('budget', '=', budget.id)
    .where('free_at', '>', latestFreeAt(budget, now))
    .execute();
}

export async function budgetUse(db: Db, budget: Budget, now: number): Promise<BudgetInUse> {
  const [row] = await selectBudget(db, budget);
  const { live: use } = await loadUse(db, budget, now, row);
  const pace = paceRequests(budget, use, now);
  return { used: use.used, blockedUntil: use.blockedUntil, nextAt: pace.isFree ? now : pace.until };
}
