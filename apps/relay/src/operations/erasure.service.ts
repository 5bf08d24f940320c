import { Inject, Injectable } from '@nestjs/common';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { inSteps } from '../delivery/in-steps';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import type { EraseCall, EraseHeldCall } from '../outbox/port/steps';

/** Erases what the relay holds of a user. UserLeap is not told. */
@Injectable()
export class ErasureService {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  /** Returns how many events were erased; nothing is held under the anonymous id then. */
  eraseHeld(visitor: Pick<EraseHeldCall, 'anonymousId' | 'destination'>): Promise<number> {
    return inSteps(this.clock, async (limit) => {
      const erased = await this.outbox.eraseHeld({ ...visitor, now: this.clock.now(), limit });
      if (erased > 0) this.observer.steered([]);
      return erased;
    });
  }

  /** Returns how many events were erased; nothing is left of the user then. */
  erase(user: Pick<EraseCall, 'userId' | 'destination'>): Promise<number> {
    return inSteps(this.clock, async (limit) => {
      const { erased } = await this.outbox.eraseUser({ ...user, now: this.clock.now(), limit });
      if (erased > 0) this.observer.steered([]);
      return erased;
    });
  }
}
