import type { ReasonCode } from '@segment-userleap/mapping';
import type { Db } from './lanes';
import type { Pause } from './outbox.port';

export async function loadPauses(db: Db): Promise<ReadonlyMap<string, Pause>> {
  const rows = await db.selectFrom('pauses').selectAll().execute();
  return new Map(
    rows.map(({ destination, reason, paused_at, probes, probe_at }) => [
      destination,
      { reason: reason as ReasonCode, pausedAt: paused_at, probes, probeAt: probe_at },
    ]),
  );
}

export async function savePause(db: Db, destination: string, pause: Pause | undefined): Promise<void> {
  if (!pause) return void (await db.deleteFrom('pauses').where('destination', '=', destination).execute());
  const { reason, pausedAt: paused_at, probes, probeAt: probe_at } = pause;
  const columns = { reason, paused_at, probes, probe_at };
  await db
    .insertInto('pauses')
    .values({ destination, ...columns })
    .onConflict((conflict) => conflict.column('destination').doUpdateSet(columns))
    .execute();
}
