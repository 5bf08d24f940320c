import { Inject, Injectable } from '@nestjs/common';
import { ClaimedEvent, mapClaimable } from '@segment-userleap/mapping';
import { isRecord } from '@segment-userleap/validation';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { CLOCK, pause } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { Dispatcher } from '../delivery/dispatcher';
import { BREATH_MS, StepSize } from '../delivery/in-steps';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { fateOf } from '../outbox/port/fate-of';
import type { ListCursor } from '../outbox/port/event-record';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { DeadLetter, DeadLetterFilter, OutboxPort } from '../outbox/port/outbox.port';

/** Gives events that have ended another try, under the settings of today. */
@Injectable()
export class ReplayService {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  /** Returns how many were taken up again. What is kept of those over a limit stays, and what no destination is configured for. */
  async replay(asked: DeadLetterFilter): Promise<number> {
    // What comes, and ends, meanwhile is not meant: it might go round without an end.
    const filter = { ...asked, to: Math.min(asked.to ?? Infinity, this.clock.now() + 1) };
    const size = new StepSize();
    const destinations = new Set<string>();
    let replayed = 0;
    let after: ListCursor | undefined;
    for (;;) {
      const { last, again } = await size.take((limit) => this.replaySome(filter, after, limit));
      if (!last) break;
      after = { at: last.acceptedAt, id: last.id };
      replayed += again.length;
      for (const { destination } of again) destinations.add(destination);
      await pause(this.clock, BREATH_MS);
    }
    for (const name of destinations) await this.dispatcher.of(name)?.pauses.probeNow();
    return replayed;
  }

  /** A step. Returns the last that it looked at, and what it has taken up. */
  private async replaySome(
    filter: DeadLetterFilter,
    after: ListCursor | undefined,
    limit: number,
  ): Promise<{ last: DeadLetter | undefined; again: readonly { destination: string }[] }> {
    const letters = await this.outbox.loadDeadLetters(filter, after, limit);
    const now = this.clock.now();
    const events = letters.flatMap((letter) => this.mapAgain(letter, now));
    await this.outbox.requeue(events, now);
    this.observer.steered(events.map(({ id }) => id));
    return { last: letters.at(-1), again: events };
  }

  private mapAgain({ id, destination, body: json, claimedBy, state }: DeadLetter, now: number) {
    const body: unknown = JSON.parse(json);
    // What is no object is no event whatever the settings say: it may be the beginning of one over a limit.
    if (!isRecord(body)) return [];
    const settings = this.config.destinations.find(({ name }) => name === destination)?.settings;
    const event = claimedBy === null ? body : new ClaimedEvent(body, claimedBy, now);
    if (!settings) return [];
    return [{ id, destination, state, fate: fateOf(mapClaimable(event, settings, now), event, settings) }];
  }
}
