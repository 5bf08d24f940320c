import type { SandboxUser } from '@segment-userleap/userleap-sandbox';
import type { EventFate } from './crash-admin';
import { readTaken } from './crash-arrivals';
import { nameOf } from './crash-event';
import type { SentEvent } from './crash-event';
import type { Life } from './crash-lives';

/** How UserLeap counted what was sent. */
export interface Counted {
  /** Events that UserLeap had taken when a process was killed, which had not kept so: of all kills together. */
  readonly inFlight: number;
  /** How many events too many UserLeap has counted. */
  readonly twice: number;
  /** A sentence for each name of which UserLeap counted fewer than were delivered, or more than a kill explains. */
  readonly wrong: readonly string[];
}

interface Seen {
  readonly acknowledged: readonly SentEvent[];
  readonly fates: ReadonlyMap<string, readonly EventFate[]>;
  readonly lives: readonly Life[];
  /** As UserLeap shows them in the end. */
  readonly users: readonly SandboxUser[];
}

/**
 * Compares UserLeap's own counts with what was sent, so that requests whose answers were lost are in it. `keepMs`: how long
 * after a kill a process that lives on may take to keep what it had in flight itself; 0 where there is none.
 */
export function compareCounts({ acknowledged, fates, lives, users }: Seen, keepMs: number): Counted {
  const counts = readCounts(users);
  const settledAt = new Map([...fates].map(([id, [fate]]) => [id, Date.parse(fate?.settledAt ?? '')]));
  const inFlight = lives.flatMap((life) => findInFlight(life, settledAt, keepMs));
  const excused = new Set(inFlight);
  const wrong: string[] = [];
  let twice = 0;
  for (const [name, events] of groupByName(acknowledged, fates)) {
    const tooMany = (counts.get(name) ?? 0) - events.length;
    twice += Math.max(0, tooMany);
    if (tooMany < 0) wrong.push(`${name}: ${events.length} were delivered, of which UserLeap counted ${-tooMany} less`);
    const excuses = events.filter(({ messageId }) => excused.has(messageId)).length;
    if (tooMany > 0 && excuses === 0)
      wrong.push(`${name}: UserLeap counted ${tooMany} more, though no kill is to blame`);
  }
  return { inFlight: inFlight.length, twice, wrong };
}

/** By user and name of event. */
function readCounts(users: readonly SandboxUser[]): ReadonlyMap<string, number> {
  return new Map(
    users.flatMap(({ externalUserId, events }) =>
      events.map(({ event, count }) => [`${externalUserId} ${event}`, count] as const),
    ),
  );
}

/** What was delivered and is counted, by user and name. */
function groupByName(
  acknowledged: readonly SentEvent[],
  fates: Seen['fates'],
): ReadonlyMap<string, readonly SentEvent[]> {
  const groups = new Map<string, SentEvent[]>();
  for (const event of acknowledged) {
    const name = nameOf(event);
    if (name === undefined || fates.get(event.messageId)?.[0]?.state !== 'delivered') continue;
    const key = `${event.userId} ${name}`;
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  return groups;
}

/** The message ids of what UserLeap took in this life and the relay came to know in a later one. */
function findInFlight(
  { requests, endedAt }: Life,
  settledAt: ReadonlyMap<string, number>,
  keepMs: number,
): readonly string[] {
  const taken = readTaken(requests).flatMap(({ userId, steps }) => steps.map((step) => `${userId}-${step}`));
  return [...new Set(taken)].filter((id) => (settledAt.get(id) ?? 0) > endedAt + keepMs);
}
