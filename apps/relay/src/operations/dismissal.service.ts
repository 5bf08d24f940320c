import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { inSteps } from '../delivery/in-steps';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { DeadLetterFilter, OutboxPort } from '../outbox/port/outbox.port';

/** Puts away dead letters that nobody will replay. */
@Injectable()
export class DismissalService {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  /** Returns how many. */
  dismiss(filter: DeadLetterFilter): Promise<number> {
    return inSteps(this.clock, async (limit) => {
      const count = await this.outbox.dismiss({ filter, now: this.clock.now(), limit });
      if (count > 0) this.observer.steered([]);
      return count;
    });
  }
}
