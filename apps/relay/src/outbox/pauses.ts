import { isMisconfiguration } from '@segment-userleap/mapping';
import type { ReasonCode } from '@segment-userleap/mapping';
import { notePastPause } from './past-pauses';
import type { Db, Tx } from './schema/outbox-schema';
import type { Pause } from './port/outbox.port';
import type { Probe } from './port/turn';

export async function loadPauses(db: Db): Promise<ReadonlyMap<string, Pause>> {
  const rows = await db.selectFrom('pauses').selectAll().execute();
  return new Map(
    rows.map(({ destination, reason, paused_at, probes, probe_at }) => [
      destination,
      { reason: reason as ReasonCode, pausedAt: paused_at, probes, probeAt: probe_at },
    ]),
  );
}

export async function savePause(tx: Tx, destination: string, pause: Pause | undefined, now: number): Promise<void> {
  if (!pause) return endPause(tx, destination, now);
  const { reason, pausedAt: paused_at, probes, probeAt: probe_at } = pause;
  const before = await tx
    .selectFrom('pauses')
    .select('misconfigured_at')
    .where('destination', '=', destination)
    .forUpdate()
    .executeTakeFirst();
  const began = before ? (before.misconfigured_at ?? now) : paused_at;
  const misconfigured_at = isMisconfiguration(reason) ? began : null;
  if (misconfigured_at === null) await notePastPause(tx, destination, 'settings', before?.misconfigured_at, now);
  const columns = { reason, paused_at, probes, probe_at, misconfigured_at };
  await tx
    .insertInto('pauses')
    .values({ destination, ...columns })
    .onConflict((conflict) => conflict.column('destination').doUpdateSet(columns))
    .execute();
}

/** Of several processes that end it, the one that removes the row keeps the time. */
async function endPause(tx: Tx, destination: string, now: number): Promise<void> {
  const ended = await tx
    .deleteFrom('pauses')
    .where('destination', '=', destination)
    .returning('misconfigured_at')
    .executeTakeFirst();
  await notePastPause(tx, destination, 'settings', ended?.misconfigured_at, now);
}

/** Whether a destination is still to be probed then, and by nobody else. */
export async function isProbeDue(tx: Tx, destination: string, { due }: Probe): Promise<boolean> {
  const pause = await tx
    .selectFrom('pauses')
    .select('probe_at')
    .where('destination', '=', destination)
    .forUpdate()
    .executeTakeFirst();
  return pause?.probe_at === due;
}

/** The next probe: where the present one tells nothing, because its process has ended. */
export async function putOffProbe(tx: Tx, destination: string, { next }: Probe): Promise<void> {
  await tx.updateTable('pauses').set({ probe_at: next }).where('destination', '=', destination).execute();
}

export async function loadHandPauses(db: Db): Promise<ReadonlyMap<string, number>> {
  const rows = await db.selectFrom('pauses_by_hand').selectAll().execute();
  return new Map(rows.map(({ destination, paused_at }) => [destination, paused_at]));
}

export async function pauseByHand(db: Db, destination: string, pausedAt: number): Promise<void> {
  await db
    .insertInto('pauses_by_hand')
    .values({ destination, paused_at: pausedAt })
    .onConflict((conflict) => conflict.column('destination').doNothing())
    .execute();
}

export async function resume(tx: Tx, destination: string, now: number): Promise<void> {
  await endPause(tx, destination, now);
  const ended = await tx
    .deleteFrom('pauses_by_hand')
    .where('destination', '=', destination)
    .returning('paused_at')
    .executeTakeFirst();
  await notePastPause(tx, destination, 'person', ended?.paused_at, now);
}
