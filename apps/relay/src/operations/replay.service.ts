import { Inject, Injectable } from '@nestjs/common';
import { mapEvent } from '@segment-userleap/mapping';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { Dispatcher } from '../delivery/dispatcher';
import { EVENTS_PER_STEP } from '../delivery/in-steps';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { fateOf } from '../outbox/port/fate-of';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { DeadLetter, DeadLetterFilter, OutboxPort } from '../outbox/port/outbox.port';

/** Gives dead letters another try, under the settings of today. */
@Injectable()
export class ReplayService {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  /** Returns how many were taken up again. Those of a destination that is not configured any more stay. */
  async replay(filter: DeadLetterFilter): Promise<number> {
    let replayed = 0;
    const destinations = new Set<string>();
    let letters = await this.outbox.loadDeadLetters(filter, undefined, EVENTS_PER_STEP);
    while (letters.length > 0) {
      const now = this.clock.now();
      const events = letters.flatMap((letter) => this.mapAgain(letter, now));
      await this.outbox.requeue(events, now);
      this.observer.steered(events.map(({ id }) => id));
      replayed += events.length;
      for (const { destination } of letters) destinations.add(destination);
      const last = letters.at(-1);
      const cursor = last && { at: last.acceptedAt, id: last.id };
      letters = await this.outbox.loadDeadLetters(filter, cursor, EVENTS_PER_STEP);
    }
    for (const name of destinations) await this.dispatcher.of(name)?.pauses.probeNow();
    return replayed;
  }

  private mapAgain({ id, destination, body }: DeadLetter, now: number) {
    const configured = this.config.destinations.find(({ name }) => name === destination);
    if (!configured) return [];
    const { settings } = configured;
    return [{ id, fate: fateOf(mapEvent(body, settings, now), body, settings) }];
  }
}
