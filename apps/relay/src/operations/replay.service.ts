import { Inject, Injectable } from '@nestjs/common';
import { mapEvent } from '@segment-userleap/mapping';
import type { Settings } from '@segment-userleap/mapping';
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
    const size = new StepSize();
    const destinations = new Set<string>();
    let replayed = 0;
    let after: ListCursor | undefined;
    for (;;) {
      const letters = await size.take((limit) => this.replaySome(filter, after, limit));
      const last = letters.at(-1);
      if (!last) break;
      after = { at: last.acceptedAt, id: last.id };
      const again = letters.filter(({ destination }) => this.settingsOf(destination));
      replayed += again.length;
      for (const { destination } of again) destinations.add(destination);
      await pause(this.clock, BREATH_MS);
    }
    for (const name of destinations) await this.dispatcher.of(name)?.pauses.probeNow();
    return replayed;
  }

  /** A step. Returns what it looked at. */
  private async replaySome(
    filter: DeadLetterFilter,
    after: ListCursor | undefined,
    limit: number,
  ): Promise<readonly DeadLetter[]> {
    const letters = await this.outbox.loadDeadLetters(filter, after, limit);
    const now = this.clock.now();
    const events = letters.flatMap((letter) => this.mapAgain(letter, now));
    await this.outbox.requeue(events, now);
    this.observer.steered(events.map(({ id }) => id));
    return letters;
  }

  private mapAgain({ id, destination, body }: DeadLetter, now: number) {
    const settings = this.settingsOf(destination);
    return settings ? [{ id, fate: fateOf(mapEvent(body, settings, now), body, settings) }] : [];
  }

  private settingsOf(destination: string): Settings | undefined {
    return this.config.destinations.find(({ name }) => name === destination)?.settings;
  }
}
