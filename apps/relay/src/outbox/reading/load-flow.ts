import { sql } from 'kysely';
import { NO_FLOW } from '../counting/tally';
import type { FlowCall, FlowPart } from '../port/flow';
import { isoOf } from '../port/iso-of';
import type { BacklogSampleColumns, Db, FlowColumns } from '../schema/outbox-schema';

type Sums = Omit<FlowColumns, 'destination'>;
type Most = Pick<BacklogSampleColumns, 'minute' | 'waiting' | 'longest_wait'>;

const COUNTS = Object.keys(NO_FLOW) as readonly (keyof typeof NO_FLOW)[];

/** What happened in the parts of a time, oldest first; the last is under way. */
export async function loadFlow(db: Db, { destination, now, lastMs, partMs }: FlowCall): Promise<readonly FlowPart[]> {
  const last = Math.floor(now / partMs) * partMs;
  const first = last - lastMs + partMs;
  const start = sql<number>`minute / ${sql.lit(partMs)} * ${sql.lit(partMs)}`;
  const where = sql`minute >= ${first} ${destination === undefined ? sql`` : sql`AND destination = ${destination}`}`;
  const sums = sql.join(COUNTS.map((name) => sql`SUM(${sql.ref(name)}) AS ${sql.ref(name)}`));
  const flows = await sql<Sums>`SELECT ${start} AS minute, ${sums} FROM flow WHERE ${where} GROUP BY 1`.execute(db);
  const samples = await sql<Most>`
    SELECT ${start} AS minute, MAX(waiting) AS waiting, MAX(longest_wait) AS longest_wait FROM (
      SELECT minute, SUM(waiting) AS waiting, MAX(longest_wait) AS longest_wait
      FROM backlog_samples WHERE ${where} GROUP BY minute
    ) AS minutes GROUP BY 1
  `.execute(db);
  return Array.from({ length: lastMs / partMs }, (_, index): FlowPart => {
    const at = first + index * partMs;
    const flow = flows.rows.find(({ minute }) => Number(minute) === at);
    const most = samples.rows.find(({ minute }) => Number(minute) === at);
    const count = (name: keyof typeof NO_FLOW): number => Number(flow?.[name] ?? 0);
    return {
      at: isoOf(at),
      accepted: count('accepted'),
      delivered: count('delivered'),
      filtered: count('filtered'),
      unsupported: count('unsupported'),
      rejected: count('rejected'),
      requests: count('requests'),
      waiting: most ? Number(most.waiting) : null,
      longestWaitSeconds: most ? Math.round(Number(most.longest_wait) / 1_000) : null,
    };
  });
}
