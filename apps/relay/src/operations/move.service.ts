import { Inject, Injectable } from '@nestjs/common';
import { ClaimedEvent, mapClaimable } from '@segment-userleap/mapping';
import type { Destination } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import type { DestinationDelivery } from '../delivery/destination-delivery';
import { inSteps } from '../delivery/in-steps';
import { NOT_CONFIGURED } from '../delivery/unconfigured-destinations';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { fateOf } from '../outbox/port/fate-of';
import type { WaitingCursor, WaitingEvent } from '../outbox/port/other-destination';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';

/** Takes up, or ends, what waits for a destination that is not configured. */
@Injectable()
export class MoveService {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {}

  /** Has it wait for another one, under the settings of that one. Returns how many events do not wait where they did. */
  async move(from: string, to: DestinationDelivery): Promise<number> {
    let after: WaitingCursor | undefined;
    let moved = 0;
    await inSteps(this.clock, async (limit) => {
      const waiting = await this.outbox.loadWaiting(from, after, limit);
      const now = this.clock.now();
      const events = waiting.map((event) => mapAnew(event, to.destination, now));
      moved += await this.outbox.moveWaiting({ from, to: to.destination.name, events, now });
      this.observer.steered(events.map(({ id }) => id));
      after = waiting.at(-1);
      return waiting.length;
    });
    if (moved > 0) await to.pauses.probeNow();
    return moved;
  }

  /** Makes dead letters of it. Returns of how many events. */
  end(name: string): Promise<number> {
    return inSteps(this.clock, async (limit) => {
      const call = {
        destination: name,
        now: this.clock.now(),
        sentence: `ended by hand; ${NOT_CONFIGURED}`,
        limit,
      };
      const ended = await this.outbox.endWaiting(call);
      if (ended.length > 0) this.observer.ended(name, 'rejected', ended);
      return ended.reduce((sum, { count }) => sum + count, 0);
    });
  }
}

function mapAnew({ id, lane, body, isClaimed }: WaitingEvent, { settings }: Destination, now: number) {
  const event = isClaimed ? new ClaimedEvent(body, lane, now) : body;
  return { id, fate: fateOf(mapClaimable(event, settings, now), event, settings) };
}
