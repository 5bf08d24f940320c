import type { PausedTime } from './port/outbox.port';
import type { Db, PastPauseColumns, Tx } from './schema/outbox-schema';

/** Keeps that a pause of this cause ended now, where there was one. */
export async function notePastPause(
  tx: Tx,
  destination: string,
  cause: PastPauseColumns['cause'],
  paused_at: number | null | undefined,
  now: number,
): Promise<void> {
  if (paused_at === null || paused_at === undefined) return;
  const ended_at = Math.max(paused_at, now);
  await tx
    .insertInto('past_pauses')
    .values({ destination, cause, paused_at, ended_at })
    .onConflict((conflict) => conflict.columns(['destination', 'cause', 'paused_at']).doUpdateSet({ ended_at }))
    .execute();
}

/** Times in which destinations waited for a person, or for their settings to be mended; those that go on included. */
export async function loadPausedTimes(db: Db): Promise<ReadonlyMap<string, readonly PausedTime[]>> {
  const past = db
    .selectFrom('past_pauses')
    .select((pause) => [
      'destination',
      'paused_at as from',
      pause.ref('ended_at').$castTo<number | null>().as('until'),
    ]);
  const byHand = db
    .selectFrom('pauses_by_hand')
    .select((pause) => ['destination', 'paused_at as from', pause.lit<number | null>(null).as('until')]);
  const misconfigured = db
    .selectFrom('pauses')
    .select((pause) => [
      'destination',
      pause.ref('misconfigured_at').$notNull().as('from'),
      pause.lit<number | null>(null).as('until'),
    ])
    .where('misconfigured_at', 'is not', null);
  const times = new Map<string, PausedTime[]>();
  for (const { destination, from, until } of await past.unionAll(byHand).unionAll(misconfigured).execute()) {
    times.set(destination, [...(times.get(destination) ?? []), { from, until }]);
  }
  return times;
}

/** Times of a destination that go on count until now, or as long as they did when this was asked before. */
export async function endPausedTimes(tx: Tx, destination: string, now: number): Promise<void> {
  const byHand = await tx
    .selectFrom('pauses_by_hand')
    .select('paused_at')
    .where('destination', '=', destination)
    .executeTakeFirst();
  const own = await tx
    .selectFrom('pauses')
    .select('misconfigured_at')
    .where('destination', '=', destination)
    .executeTakeFirst();
  for (const [cause, paused_at] of [
    ['person', byHand?.paused_at],
    ['settings', own?.misconfigured_at],
  ] as const) {
    if (paused_at === null || paused_at === undefined) continue;
    await tx
      .insertInto('past_pauses')
      .values({ destination, cause, paused_at, ended_at: Math.max(paused_at, now) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Forgets times that ended before `before`. */
export async function forgetPausedTimes(db: Db, destination: string, before: number): Promise<void> {
  await db.deleteFrom('past_pauses').where('destination', '=', destination).where('ended_at', '<', before).execute();
}
