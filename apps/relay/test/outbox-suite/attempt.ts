import type { Outcome } from '@segment-userleap/mapping';
import { NO_NAMES } from '../../src/outbox/port/event-names';
import { LeaseLost } from '../../src/outbox/port/outbox.port';
import type { OutboxPort } from '../../src/outbox/port/outbox.port';
import type { LeaseCall, Leased, NextAttempt, Settlement, Turn } from '../../src/outbox/port/turn';
import { DELIVERED, HERE, LATER, NOW } from './sample-events';

/** So large that it keeps nothing waiting. */
export const LARGE_BUDGET = { id: 'large', requests: 1_000_000, windowMs: 300_000 };

/** Leases one turn at `HERE`, whose environment has its name, but for what `fields` says. */
export function lease(outbox: OutboxPort, fields: Partial<LeaseCall> = {}): Promise<Leased> {
  return outbox.lease({
    destination: HERE,
    environment: fields.destination ?? HERE,
    budget: LARGE_BUDGET,
    now: NOW,
    budgetNow: fields.now ?? NOW,
    mayPurge: true,
    looksUp: false,
    lookUpsFirst: 0,
    liveTurns: 0,
    backfilledLookUpsFirst: 0,
    most: 1,
    mostBackfilled: 1,
    bytes: 8 * 1024 * 1024,
    ...fields,
  });
}

/** The same, where there has to be a turn, once nothing is left to be dropped. */
export async function leaseTurn(outbox: OutboxPort, fields: Partial<LeaseCall> = {}): Promise<Turn> {
  let leased = await lease(outbox, fields);
  while (leased.kind === 'dropped') leased = await lease(outbox, fields);
  const turn = turnOf(leased);
  if (!turn) throw new Error(`expected a turn, got ${JSON.stringify(leased)}`);
  return turn;
}

/** The turn of a lease of one; undefined where there was none. */
export function turnOf(leased: Leased): Turn | undefined {
  return leased.kind === 'turns' ? leased.turns[0] : undefined;
}

export function lanesOf(turn: Turn): readonly string[] {
  return turn.lanes.map(({ lane }) => lane);
}

export function messageIdsOf({ events }: Pick<Turn, 'events'>): readonly string[] {
  return events.map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId);
}

export interface Ending extends Partial<
  Pick<
    Settlement,
    | 'environment'
    | 'now'
    | 'learnt'
    | 'memories'
    | 'budget'
    | 'requests'
    | 'hasAnswered'
    | 'givenBack'
    | 'found'
    | 'eventNames'
  >
> {
  /** When the lanes are tried in which something goes on waiting. */
  readonly next?: NextAttempt;
  /** When the answer came; null: nothing was sent. */
  readonly endedAt?: number | null;
}

/**
 * Settles a turn; `outcomes` are those of its events in order, the last one for the rest. Rejects with `LeaseLost` where others
 * have taken it over.
 */
export async function settle(
  outbox: OutboxPort,
  turn: Turn,
  outcomes: readonly Outcome[] = [DELIVERED],
  ending: Ending = {},
): Promise<void> {
  const lost = await outbox.settle([settlementOf(turn, outcomes, ending)]);
  if (lost.length > 0) throw new LeaseLost('others have taken it over');
}

/** How a turn ends, as `settle` does it. */
export function settlementOf(
  turn: Turn,
  outcomes: readonly Outcome[],
  { next = LATER, endedAt = NOW, ...fields }: Ending = {},
): Settlement {
  const results = turn.events.flatMap(({ id }, index) => {
    const outcome = outcomes[index] ?? outcomes.at(-1);
    return outcome ? [{ id, outcome }] : [];
  });
  const waiting = turn.events.filter((_, index) => results[index]?.outcome.outcome === 'retry');
  return {
    turn,
    environment: turn.destination,
    now: NOW,
    results,
    requests: [],
    next: new Map(waiting.map(({ lane }) => [lane, next])),
    places: [{ id: turn.id, endedAt }],
    budget: LARGE_BUDGET,
    learnt: [],
    memories: new Map(),
    hasAnswered: false,
    givenBack: [],
    eventNames: NO_NAMES,
    ...fields,
  };
}

/** A whole attempt at whatever is next, at the time that `ending` says. */
export async function attempt(
  outbox: OutboxPort,
  outcomes: readonly Outcome[],
  ending: Ending = {},
  meanwhile: () => Promise<unknown> = async () => undefined,
  where: Pick<Partial<LeaseCall>, 'destination'> = {},
): Promise<Turn> {
  const { now = NOW, environment = HERE } = ending;
  const turn = await leaseTurn(outbox, { now, environment, ...where });
  await meanwhile();
  await settle(outbox, turn, outcomes, ending);
  return turn;
}
