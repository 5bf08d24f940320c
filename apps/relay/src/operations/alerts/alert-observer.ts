import { Inject, Injectable } from '@nestjs/common';
import { REASONS } from '@segment-userleap/mapping';
import type { ReasonCode } from '@segment-userleap/mapping';
import type { RelayObserver } from '../../observer/relay-observer';
import type { NewEvent } from '../../outbox/port/outbox.port';
import type { EndedEvents, Settlement } from '../../outbox/port/turn';
import { Alerts } from './alerts';

const SUM_EVERY_MS = 60_000;

/** Makes alerts of what happens: pauses and their ends at once, dead letters together once a minute. */
@Injectable()
export class AlertObserver implements Partial<RelayObserver> {
  /** By destination and reason; those that came since the first of them was told of. */
  readonly #letters = new Map<string, { destination: string; reason: string; count: number }>();
  #isWaiting = false;

  constructor(@Inject(Alerts) private readonly alerts: Pick<Alerts, 'tell'>) {}

  accepted(events: readonly NewEvent[]): void {
    for (const { destination, fate } of events) {
      const outcome = 'outcome' in fate ? fate.outcome : undefined;
      if (outcome?.outcome === 'rejected') this.#note(destination, outcome.reason, 1);
    }
  }

  paused(destination: string, reason: ReasonCode): void {
    const text = `The destination ${destination} is paused: ${REASONS[reason]}. Nothing is lost; what comes waits.`;
    this.alerts.tell({ kind: 'paused', destination, reason, text });
  }

  resumed(destination: string): void {
    this.alerts.tell({ kind: 'resumed', destination, text: `The destination ${destination} is delivered to again.` });
  }

  pausedByHand(destination: string): void {
    const text = `A person has paused the destination ${destination}. Nothing is lost; what comes waits.`;
    this.alerts.tell({ kind: 'paused', destination, reason: 'by_hand', text });
  }

  resumedByHand(destination: string): void {
    this.alerts.tell({ kind: 'resumed', destination, text: `A person has resumed the destination ${destination}.` });
  }

  settled({ turn: { destination }, results }: Settlement): void {
    for (const { outcome } of results) if (outcome.outcome === 'rejected') this.#note(destination, outcome.reason, 1);
  }

  ended(destination: string, outcome: string, events: readonly EndedEvents[]): void {
    if (outcome !== 'rejected') return;
    for (const { reason, count } of events) this.#note(destination, reason, count);
  }

  foundNames(destination: string, names: readonly string[]): void {
    const [count, what] = [
      names.length,
      names.length === 1 ? 'A new event name was' : `${names.length} new event names were`,
    ];
    const text = `${what} sent to ${destination}. Set them up in UserLeap (Events, Manage Requests). The dashboard lists them.`;
    this.alerts.tell({ kind: 'new_event_names', destination, count, text });
  }

  #note(destination: string, reason: string, count: number): void {
    const key = `${destination} ${reason}`;
    const before = this.#letters.get(key);
    this.#letters.set(key, { destination, reason, count: (before?.count ?? 0) + count });
    if (!this.#isWaiting) this.#tell();
  }

  /** At once, and then what came within a minute. */
  #tell(): void {
    const letters = [...this.#letters.values()];
    this.#letters.clear();
    this.#isWaiting = letters.length > 0;
    for (const { destination, reason, count } of letters) {
      const text =
        count === 1
          ? `An event for ${destination} became a dead letter (${reason}). It is kept, and can be replayed.`
          : `${count} events for ${destination} became dead letters (${reason}). They are kept, and can be replayed.`;
      this.alerts.tell({ kind: 'dead_letters', destination, reason, count, text });
    }
    if (this.#isWaiting) setTimeout(() => this.#tell(), SUM_EVERY_MS).unref();
  }
}
