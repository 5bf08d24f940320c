import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, pause } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { EraseCall, OutboxPort } from '../outbox/port/outbox.port';

const EVENTS_PER_STEP = 500;
// Intake and delivery share the store.
const BREATH_MS = 20;

/** Erases what the relay holds of a user. UserLeap is not told. */
@Injectable()
export class ErasureService {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  /** Returns how many events were erased; nothing is left of the user then. */
  async erase(user: Pick<EraseCall, 'userId' | 'destination'>): Promise<number> {
    let total = 0;
    for (;;) {
      const { erased } = await this.outbox.eraseUser({ ...user, now: this.clock.now(), limit: EVENTS_PER_STEP });
      if (erased === 0) return total;
      total += erased;
      this.observer.steered([]);
      await pause(this.clock, BREATH_MS);
    }
  }
}
