import { Inject, Injectable } from '@nestjs/common';
import type { Outcome, ReasonCode } from '@segment-userleap/mapping';
import type { UserLeapReply } from '@segment-userleap/userleap-api';
import { Registry } from 'prom-client';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import type { ObservedRequest, RelayObserver, TurnedAway } from '../../observer/relay-observer';
import type { NewEvent } from '../../outbox/port/outbox.port';
import type { EndedEvents, Settlement } from '../../outbox/port/turn';
import { createMetrics } from './create-metrics';

const LIMIT_REACHED = 'monthly_limit' satisfies ReasonCode;
const TURNED_AWAY: readonly TurnedAway[] = ['backlog_full', 'store_failed', 'memory_full'];

/** Counts what happens. */
@Injectable()
export class MetricsObserver implements Partial<RelayObserver> {
  readonly #metrics: ReturnType<typeof createMetrics>;

  constructor(registry: Registry, @Inject(RELAY_CONFIG) { destinations }: RelayConfig) {
    this.#metrics = createMetrics(registry);
    // A rise from nothing is none to Prometheus: what alerts count begins at 0.
    for (const cause of TURNED_AWAY) this.#metrics.turnedAway.inc({ cause }, 0);
    for (const { name: destination } of destinations) {
      this.#metrics.deadLetters.inc({ destination }, 0);
      this.#metrics.heldTooMuch.inc({ destination }, 0);
      this.#metrics.requestsSaved.inc({ destination }, 0);
      this.#metrics.deliverySeconds.zero({ destination });
    }
  }

  accepted(events: readonly NewEvent[], milliseconds: number): void {
    this.#metrics.commitSeconds.observe(milliseconds / 1000);
    for (const { destination, type, fate } of events) {
      this.#metrics.accepted.inc({ destination, type });
      if ('outcome' in fate) this.#count(destination, type, fate.outcome);
    }
  }

  turnedAway(cause: TurnedAway): void {
    this.#metrics.turnedAway.inc({ cause });
  }

  refused(): void {
    this.#metrics.refused.inc();
  }

  requested({ destination, kind, reply, milliseconds, events }: ObservedRequest): void {
    this.#metrics.requests.inc({ destination, kind, status: statusOf(reply) });
    this.#metrics.requestSeconds.observe({ destination, kind }, milliseconds / 1000);
    this.#metrics.requestEvents.observe({ destination, kind }, events);
  }

  settled({ turn, results, requests, now }: Settlement): void {
    const { destination } = turn;
    if (requests.length === 0 && results.some(isUnchanged)) this.#metrics.requestsSaved.inc({ destination });
    const events = new Map(turn.events.map((event) => [event.id, event]));
    for (const { id, outcome } of results) {
      const event = events.get(id);
      if (!event) continue;
      this.#count(destination, event.type, outcome);
      if (outcome.outcome !== 'delivered' || event.isBackfilled) continue;
      this.#metrics.deliverySeconds.observe({ destination }, Math.max(0, now - event.queuedAt) / 1000);
    }
  }

  ended(destination: string, outcome: 'filtered' | 'unsupported' | 'rejected', events: readonly EndedEvents[]): void {
    for (const { type, reason, count } of events) this.#countEnd(destination, type, outcome, reason, count);
  }

  heldTooMuch(destination: string, count: number): void {
    this.#metrics.heldTooMuch.inc({ destination }, count);
  }

  paused(destination: string, reason: ReasonCode): void {
    this.#metrics.pauses.inc({ destination, reason });
  }

  #count(destination: string, type: string, outcome: Outcome): void {
    const reason = outcome.outcome === 'delivered' ? 'none' : outcome.reason;
    if (outcome.outcome === 'retry') this.#metrics.putOff.inc({ destination, type, reason });
    else this.#countEnd(destination, type, outcome.outcome, reason);
  }

  #countEnd(destination: string, type: string, outcome: string, reason: string, count = 1): void {
    this.#metrics.settled.inc({ destination, type, outcome, reason }, count);
    // A limit that somebody has set is no failure, and has metrics of its own.
    if (outcome === 'rejected' && reason !== LIMIT_REACHED) this.#metrics.deadLetters.inc({ destination }, count);
  }
}

function isUnchanged({ outcome }: Settlement['results'][number]): boolean {
  return outcome.outcome === 'filtered' && outcome.reason === 'unchanged';
}

function statusOf(reply: UserLeapReply): string {
  return 'failure' in reply ? reply.failure : String(reply.status);
}
