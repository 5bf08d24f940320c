import { BadRequestException, Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import type { ReasonedOutcome } from '@segment-userleap/mapping';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { Dispatcher } from '../delivery/dispatcher';
import { StoreTrial } from '../delivery/store-trial';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { BacklogFull, OUTBOX } from '../outbox/port/outbox.port';
import type { NewEvent, OutboxPort } from '../outbox/port/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';
import { Gate } from '../http/gate';
import { receiveEvent } from './new-event';
import { partsOf } from './parts-of';

// Of calls whose bodies are parsed: that takes up to twenty times as much memory as their text.
const BYTES_IN_HAND = 4 * 1024 * 1024;
// A list that says much in few words is put together and kept part by part.
const PART_BYTES = 1024 * 1024;

/** How events are to be taken. `maxBytes`: longer ones are rejected, each by itself. */
export interface IntakeOptions {
  readonly maxBytes?: number;
  /** They are part of a backfill. */
  readonly isBackfilled?: boolean;
}

/** Takes events in: what it has accepted is on disk. */
@Injectable()
export class IntakeService {
  private readonly inHand = new Gate(BYTES_IN_HAND);
  private readonly holds: boolean;

  constructor(
    @Inject(RELAY_CONFIG) { anonymousHoldMs }: Pick<RelayConfig, 'anonymousHoldMs'>,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly alarm: StorageAlarm,
    private readonly store: StoreTrial,
    @Inject(RELAY_OBSERVER) private readonly observer: RelayObserver,
  ) {
    this.holds = anonymousHoldMs > 0;
  }

  /** Takes a body once there is memory for what it becomes. */
  inTurn<T>(body: Buffer, take: (body: Buffer) => Promise<T>): Promise<T> {
    return this.inHand.through(body.length, () => take(body));
  }

  /**
   * Keeps every event of a list, invalid ones as dead letters with their reason. Of a list over 1 MB a part may be kept already
   * where it rejects.
   */
  async acceptAll(
    destination: Destination,
    events: Iterable<unknown>,
    { maxBytes, isBackfilled = false }: IntakeOptions = {},
  ): Promise<void> {
    const now = this.clock.now();
    const { holds } = this;
    function* receiveAll(): Iterable<NewEvent> {
      for (const event of events)
        yield receiveEvent(event, destination, { now, maxBytes, holds, isBackfilled }).newEvent;
    }
    for (const part of partsOf(receiveAll(), ({ body }) => body.length, PART_BYTES)) await this.keep(destination, part);
  }

  /**
   * Keeps one event, unless it is invalid: then throws 400 with the reason's code, so that its sender can send it again, mended. Returns the
   * outcome where there is one already.
   */
  async acceptOne(
    destination: Destination,
    event: unknown,
    { isBackfilled = false }: Pick<IntakeOptions, 'isBackfilled'> = {},
  ): Promise<ReasonedOutcome | undefined> {
    const options = { now: this.clock.now(), holds: this.holds, isBackfilled };
    const { newEvent, outcome } = receiveEvent(event, destination, options);
    if (outcome?.outcome === 'rejected') {
      throw new BadRequestException({ code: outcome.reason, message: outcome.message });
    }
    await this.keep(destination, [newEvent]);
    return outcome;
  }

  private async keep({ name }: Destination, events: readonly NewEvent[]): Promise<void> {
    const startedAt = performance.now();
    try {
      await this.store.whileAnswering(() => this.outbox.accept(events));
    } catch (error) {
      if (error instanceof BacklogFull) {
        this.observer.turnedAway('backlog_full');
        throw new ServiceUnavailableException('too many events wait to be delivered; send these again later');
      }
      this.alarm.failed(error);
      this.observer.turnedAway('store_failed');
      throw new ServiceUnavailableException('the events could not be kept; send them again');
    }
    this.alarm.worked();
    this.observer.accepted(events, performance.now() - startedAt);
    this.dispatcher.wake(name);
  }
}
