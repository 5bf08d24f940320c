import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

const COMMIT_SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const REQUEST_SECONDS = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15];
// From at once to the retry horizon.
const DELIVERY_SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 21_600, 86_400, 259_200];
const EVENTS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/**
 * What is counted as it happens, in memory: it begins anew with the process. Labels hold names from the configuration and
 * codes of closed lists, and of UserLeap's answers the status; nothing of an event.
 */
export function createMetrics(registry: Registry) {
  const registers = [registry];
  return {
    accepted: new Counter({
      name: 'relay_events_accepted_total',
      help: 'Events taken in and on disk; repetitions of a message id are among them.',
      labelNames: ['destination', 'type'],
      registers,
    }),
    settled: new Counter({
      name: 'relay_events_settled_total',
      help: 'Events that came to their end, by outcome and reason code (none: delivered).',
      labelNames: ['destination', 'type', 'outcome', 'reason'],
      registers,
    }),
    deadLetters: new Counter({
      name: 'relay_dead_letters_total',
      help: 'Events that became dead letters: the rejected ones of relay_events_settled_total but for monthly_limit.',
      labelNames: ['destination'],
      registers,
    }),
    heldTooMuch: new Counter({
      name: 'relay_held_events_too_many_total',
      help: 'Held events that ended before their time, as more were held than may be (RELAY_ANONYMOUS_LIMIT).',
      labelNames: ['destination'],
      registers,
    }),
    putOff: new Counter({
      name: 'relay_events_put_off_total',
      help: 'Attempts after which an event goes on waiting, by reason code.',
      labelNames: ['destination', 'type', 'reason'],
      registers,
    }),
    requests: new Counter({
      name: 'relay_requests_total',
      help: 'Requests to UserLeap, by kind and status; where there was no answer, timeout or network_failure.',
      labelNames: ['destination', 'kind', 'status'],
      registers,
    }),
    requestsSaved: new Counter({
      name: 'relay_requests_saved_total',
      help: 'Turns that made no request, as UserLeap was told all of it before (RELAY_UNCHANGED_WINDOW).',
      labelNames: ['destination'],
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'relay_request_duration_seconds',
      help: 'From a request to UserLeap to its answer.',
      labelNames: ['destination', 'kind'],
      buckets: REQUEST_SECONDS,
      registers,
    }),
    requestEvents: new Histogram({
      name: 'relay_request_events',
      help: 'Events that share a request to UserLeap.',
      labelNames: ['destination', 'kind'],
      buckets: EVENTS,
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'relay_commit_duration_seconds',
      help: 'From an event being read to its being on disk, for each call.',
      buckets: COMMIT_SECONDS,
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'relay_delivery_latency_seconds',
      help: 'From an event being accepted, or replayed, to its being delivered; backfilled events left out.',
      labelNames: ['destination'],
      buckets: DELIVERY_SECONDS,
      registers,
    }),
    pauses: new Counter({
      name: 'relay_pauses_total',
      help: 'Pauses of a destination that began, by reason code.',
      labelNames: ['destination', 'reason'],
      registers,
    }),
    turnedAway: new Counter({
      name: 'relay_calls_turned_away_total',
      help: 'Calls of senders answered 503: backlog_full, store_failed, memory_full.',
      labelNames: ['cause'],
      registers,
    }),
    refused: new Counter({
      name: 'relay_calls_refused_total',
      help: 'Calls with wrong credentials.',
      registers,
    }),
  };
}

/** What is read when it is asked for. */
export function createGauges(registry: Registry) {
  const registers = [registry];
  const labelNames = ['destination'] as const;
  return {
    accepting: new Gauge({
      name: 'relay_accepting',
      help: '1: events can be taken in; 0: senders are told to come back later.',
      registers,
    }),
    backlog: new Gauge({
      name: 'relay_backlog_events',
      help: 'Events that wait for destinations that are configured, but for those that are parked.',
      registers,
    }),
    parked: new Gauge({
      name: 'relay_parked_events',
      help: 'Events that wait for users whom UserLeap does not know (RELAY_PARKED_LIMIT).',
      labelNames,
      registers,
    }),
    held: new Gauge({
      name: 'relay_held_events',
      help: 'Events of anonymous visitors that are held until it is known whose they are (RELAY_ANONYMOUS_HOLD).',
      labelNames,
      registers,
    }),
    newNames: new Gauge({
      name: 'relay_new_event_names',
      help: 'Names that were sent to UserLeap for the first time in the last 7 days, and are not marked as set up there.',
      labelNames,
      registers,
    }),
    heldLimit: new Gauge({
      name: 'relay_held_limit_events',
      help: 'How many events may be held (RELAY_ANONYMOUS_LIMIT).',
      registers,
    }),
    trackedUsers: new Gauge({
      name: 'relay_tracked_users',
      help: 'Users something was sent for in this calendar month (UTC); shared by destinations with one key.',
      labelNames,
      registers,
    }),
    trackedUsersLimit: new Gauge({
      name: 'relay_tracked_users_limit',
      help: 'How many there may be (USERLEAP_MONTHLY_USERS); nothing where there is no limit.',
      labelNames,
      registers,
    }),
    trackedUsersForecast: new Gauge({
      name: 'relay_tracked_users_forecast',
      help: 'How many there will be at the end of the month, as far as can be told.',
      labelNames,
      registers,
    }),
    unconfigured: new Gauge({
      name: 'relay_unconfigured_events',
      help: 'Events that wait for a destination that is not configured any more.',
      labelNames,
      registers,
    }),
    backlogLimit: new Gauge({
      name: 'relay_backlog_limit_events',
      help: 'How many events may wait (RELAY_BACKLOG_LIMIT).',
      registers,
    }),
    oldestReady: new Gauge({
      name: 'relay_oldest_ready_event_age_seconds',
      help: 'How long the event has waited that goes next, backfills left out; 0: none could be sent now.',
      labelNames,
      registers,
    }),
    oldestBackfill: new Gauge({
      name: 'relay_oldest_ready_backfill_age_seconds',
      help: 'The same of backfilled events, which wait behind all others.',
      labelNames,
      registers,
    }),
    stalled: new Gauge({
      name: 'relay_delivery_stalled_seconds',
      help: 'How long events could have gone out and the budget had room, and nothing was sent; 0 up to a minute.',
      labelNames,
      registers,
    }),
    paused: new Gauge({
      name: 'relay_destination_paused',
      help: '1: the destination is paused, by the relay: it gets nothing but probes; or by a person: it gets nothing.',
      labelNames: ['destination', 'by'],
      registers,
    }),
    waiting: new Gauge({
      name: 'relay_waiting_events',
      help: 'Events that wait, for whatever reason.',
      labelNames,
      registers,
    }),
    deadLetters: new Gauge({
      name: 'relay_dead_letters',
      help: 'Dead letters that are kept and could be replayed, by reason code.',
      labelNames: ['destination', 'reason'],
      registers,
    }),
    buildInfo: new Gauge({
      name: 'relay_build_info',
      help: '1; its labels say what runs.',
      labelNames: ['version', 'node', 'store'],
      registers,
    }),
    budgetLimit: new Gauge({
      name: 'relay_budget_limit_requests',
      help: 'Requests in a window (USERLEAP_RATE_LIMIT).',
      labelNames,
      registers,
    }),
    budgetLeft: new Gauge({
      name: 'relay_budget_left_requests',
      help: 'Requests that may still go in this window; shared by destinations with one key.',
      labelNames,
      registers,
    }),
    budgetBlocked: new Gauge({
      name: 'relay_budget_blocked_seconds',
      help: 'How long UserLeap has asked for no more requests; 0: it has not.',
      labelNames,
      registers,
    }),
  };
}
