import { deliverBulk, deliverEvents } from '@segment-userleap/delivery';
import type { Secret } from '@segment-userleap/delivery';
import { ClaimedEvent } from '@segment-userleap/mapping';
import type { Outcome } from '@segment-userleap/mapping';
import type { BulkRequest, UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import type { Destination } from '../config/relay-config';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { EndedTurn, EventInFlight, NextAttempt, SentRequest, Settlement, Turn } from '../outbox/port/turn';
import { groupByLane } from '../outbox/turns/group-by-lane';
import type { Clock } from './clock';
import { LateEvent } from './map-queued';
import { planNextAttempt } from './plan-next-attempt';
import { NO_NAMES } from '../outbox/port/event-names';
import { TurnBudget } from './turn-budget';
import { doubtsOf, findTold } from './turn-doubts';
import type { MonthlyLimit } from './monthly-limit';
import { NamesOfTurn } from './names-of-turn';
import { TurnTracking } from './turn-tracking';
import { TurnUsers } from './turn-users';

type AnyRequest = UserLeapRequest | BulkRequest;

/** What is the same in all turns of what UserLeap is told. */
export interface Told {
  /** Of what the store remembers. */
  readonly secret: Secret;
  /** For how long an Identify that tells nothing new makes no request; 0: it always does. */
  readonly unchangedMs: number;
}

/** What a turn needs of the outside. */
export interface TurnPorts {
  readonly outbox: Pick<OutboxPort, 'isKnownUser' | 'loadMemory' | 'lastDelivered' | 'hasAnswered' | 'reserve'>;
  readonly clock: Clock;
  readonly told: Told;
  /** Undefined: any number of users may count in a month. */
  readonly limit: MonthlyLimit | undefined;
  /** A number from 0 to 1. */
  chance(): number;
  /** Sends a request as it stands; so many events share it. Never rejects. */
  send(request: AnyRequest, events: number): Promise<UserLeapReply>;
  /** True where no further request may be begun. */
  isOver(): boolean;
}

/** How a turn ended. */
export interface EndOfTurn {
  /** Not those of events that are to go by themselves. */
  readonly outcomes: readonly Outcome[];
  readonly settlement: Settlement;
  /** UserLeap takes no bulk. */
  readonly isBulkRefused: boolean;
}

/** Sends what a turn holds, and says how it ended. Rejects only where our own code is wrong. */
export async function deliverTurn(turn: Turn, { settings, budget }: Destination, ports: TurnPorts): Promise<EndOfTurn> {
  const { clock, outbox, told } = ports;
  const places = new TurnBudget(turn, budget, outbox, clock);
  const users = new TurnUsers(turn, budget.id, told.secret, outbox);
  const tracking = new TurnTracking(turn, ports.limit);
  const names = new NamesOfTurn(settings);
  const requests: SentRequest[] = [];
  let note: string | undefined;
  const takePlace = async (request: AnyRequest): Promise<number | 'out_of_time' | 'monthly_limit'> => {
    const obstacle = await tracking.findObstacle(request, clock.now());
    if (obstacle) return obstacle;
    const place = await places.take(() => ports.isOver());
    if (place === undefined) return 'out_of_time';
    // The month may have turned while it was waited for; then this place is given back.
    return tracking.mayGo(request, clock.now()) ? place : takePlace(request);
  };
  const send = async (request: AnyRequest, indexes: readonly number[]): Promise<UserLeapReply> => {
    const place = await takePlace(request);
    if (typeof place !== 'number') return { failure: place };
    const sentAt = clock.now();
    const startedAt = clock.elapsed();
    const reply = await ports.send(request, indexes.length);
    places.end(place);
    if ('failure' in reply) note = reply.note;
    const events = indexes.flatMap((index) => turn.events[index]?.id ?? []);
    const came = 'status' in reply ? { status: reply.status } : { failure: reply.failure };
    const milliseconds = Math.round(clock.elapsed() - startedAt);
    // A bulk holds no event.
    if (request.kind !== 'bulk') names.noteReply(request, reply);
    const told = tracking.tell(request, sentAt);
    requests.push({ kind: request.kind, sentAt, milliseconds, reply: came, events, ...told });
    return reply;
  };
  const doubts = doubtsOf(turn);
  const outside = {
    send,
    users,
    mapEvent: names.mapEvent,
    now: () => clock.now(),
    unchangedMs: told.unchangedMs,
    ...(doubts ? { doubts } : {}),
  };
  const parsed = parseAll(turn, clock.now());
  const { outcomes, isRefused } = turn.isBulk
    ? await deliverBulk(parsed, settings, {
        ...outside,
        sendBulk: send,
        mayTell: (users) => tracking.admitted(users, clock.now()),
        breathe: () => clock.allRead(),
      })
    : { outcomes: await deliverEvents(parsed, settings, outside), isRefused: false };
  const results = turn.events.flatMap(({ id }, index) => {
    const outcome = outcomes[index];
    return outcome ? [{ id, outcome: withNote(outcome, note) }] : [];
  });
  const next = planLanes(turn, outcomes, { now: clock.now(), chance: ports.chance() });
  const settlement = {
    turn: emptied(turn),
    environment: budget.id,
    now: clock.now(),
    results,
    requests,
    next,
    places: places.list(),
    budget,
    learnt: users.learnt,
    memories: users.memories,
    hasAnswered: users.isAnswered,
    givenBack: tracking.givenBack(requests),
    eventNames: names.list(outcomes),
    ...(turn.isBulk ? { apart: unsettledLanes(turn, outcomes) } : {}),
    ...(doubts ? { found: findTold(turn, outcomes, requests) } : {}),
  };
  return { outcomes: outcomes.flatMap((outcome) => outcome ?? []), settlement, isBulkRefused: isRefused };
}

/** Of requests that did not reach UserLeap the client may know more than that. */
function withNote(outcome: Outcome, note: string | undefined): Outcome {
  const isMeant = note !== undefined && outcome.outcome === 'retry' && outcome.reason === 'network_failure';
  return isMeant ? { ...outcome, message: note } : outcome;
}

/** How a turn ended of which nothing is known: all of it is tried again, not soon. */
export function putOff(turn: Turn, { budget }: Destination, clock: Clock): Settlement {
  const now = clock.now();
  const next = turn.lanes.map(({ lane, attempts }) => {
    return [lane, { dueAt: now + PUT_OFF_MS, attempts: attempts + 1, parked: false }] as const;
  });
  return {
    turn: emptied(turn),
    environment: budget.id,
    now,
    results: [],
    requests: [],
    next: new Map(next),
    places: [{ id: turn.id, endedAt: clock.budgetNow() }],
    budget,
    learnt: [],
    memories: new Map(),
    hasAnswered: false,
    givenBack: [],
    eventNames: NO_NAMES,
  };
}

/** One after the other, as they are asked for: a parsed event may take twenty times as much memory as its text. */
function* parseAll({ events }: Turn, now: number): Iterable<unknown> {
  for (const { lane, body, acceptedAt, claimedAt, isBackfilled, isUntried, queuedAt } of events) {
    const event: unknown = JSON.parse(body);
    const claimed = claimedAt === null ? event : new ClaimedEvent(event, lane, claimedAt);
    const waitsSince = isBackfilled && isUntried ? now : queuedAt;
    yield waitsSince > acceptedAt ? new LateEvent(claimed, waitsSince) : claimed;
  }
}

/** Its end is told to the store's thread: its contents need not go there again. */
function emptied(turn: Turn): EndedTurn {
  return { ...turn, events: turn.events.map(headOf) };
}

function headOf({ id, lane, type, queuedAt, isBackfilled }: EventInFlight): EventInFlight {
  return { id, lane, type, queuedAt, isBackfilled };
}

const PUT_OFF_MS = 5 * 60_000;

/** Lanes of which something was not even tried. */
function unsettledLanes({ events }: Turn, outcomes: readonly (Outcome | undefined)[]): readonly string[] {
  return [...new Set(events.flatMap(({ lane }, index) => (outcomes[index] ? [] : [lane])))];
}

function planLanes(
  { lanes, events, isPurge }: Turn,
  outcomes: readonly (Outcome | undefined)[],
  at: { now: number; chance: number },
): ReadonlyMap<string, NextAttempt> {
  const ends = groupByLane(events.map(({ lane }, index) => ({ lane, outcome: outcomes[index] })));
  const next = lanes.flatMap((lane) => {
    const own = (ends.get(lane.lane) ?? []).flatMap(({ outcome }) => outcome ?? []);
    const attempt = planNextAttempt(lane, own, at);
    return attempt ? [[lane.lane, attempt] as const] : [];
  });
  if (isPurge) return new Map(next);
  // Lanes that Aliases bind wait for each other.
  const due = next.flatMap(([, { dueAt, parked }]) => (parked ? [] : (dueAt ?? [])));
  const last = due.length === 0 ? undefined : Math.max(...due);
  return new Map(next.map(([lane, attempt]) => [lane, { ...attempt, dueAt: attempt.dueAt ?? last }]));
}
