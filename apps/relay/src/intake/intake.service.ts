import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { mapEvent } from '@segment-userleap/mapping';
import type { Mapped, ReasonedOutcome } from '@segment-userleap/mapping';
import { isRecord, isText } from '@segment-userleap/validation';
import { randomUUID } from 'node:crypto';
import type { Destination } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { Dispatcher } from '../delivery/dispatcher';
import { fateOf } from '../outbox/fate-of';
import { BacklogFull, OUTBOX } from '../outbox/outbox.port';
import type { NewEvent, OutboxPort } from '../outbox/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';

/** Takes events in: what it has accepted is on disk. */
@Injectable()
export class IntakeService {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly alarm: StorageAlarm,
  ) {}

  /** Keeps every event of a list, invalid ones as dead letters with their reason. */
  async acceptAll(destination: Destination, events: readonly unknown[]): Promise<void> {
    const now = this.clock.now();
    await this.keep(
      destination,
      events.map((event) => toNewEvent(destination, event, mapEvent(event, destination.settings, now), now)),
    );
  }

  /**
   * Keeps one event, unless it is invalid: its sender hears so at once and can send it again, mended. Returns the outcome
   * where there is one already.
   */
  async acceptOne(destination: Destination, event: unknown): Promise<ReasonedOutcome | undefined> {
    const now = this.clock.now();
    const mapped = mapEvent(event, destination.settings, now);
    const outcome = mapped.kind === 'settled' ? mapped.outcome : undefined;
    if (outcome?.outcome !== 'rejected') await this.keep(destination, [toNewEvent(destination, event, mapped, now)]);
    return outcome;
  }

  private async keep({ name }: Destination, events: readonly NewEvent[]): Promise<void> {
    try {
      await this.outbox.accept(events);
    } catch (error) {
      if (error instanceof BacklogFull) {
        throw new ServiceUnavailableException('too many events wait to be delivered; send these again later');
      }
      this.alarm.failed(error);
      throw new ServiceUnavailableException('the events could not be kept; send them again');
    }
    this.alarm.worked();
    this.dispatcher.wake(name);
  }
}

function toNewEvent({ name }: Destination, event: unknown, mapped: Mapped, now: number): NewEvent {
  const fields = isRecord(event) ? event : {};
  return {
    destination: name,
    messageId: isText(fields.messageId) && fields.messageId !== '' ? fields.messageId : randomUUID(),
    type: isText(fields.type) ? fields.type : 'unknown',
    body: JSON.stringify(event),
    acceptedAt: now,
    fate: fateOf(mapped, event),
  };
}
