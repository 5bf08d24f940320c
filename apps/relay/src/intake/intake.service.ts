import { Inject, Injectable, Logger, ServiceUnavailableException } from '@nestjs/common';
import { lineOf, mapEvent } from '@segment-userleap/mapping';
import type { Mapped, ReasonedOutcome } from '@segment-userleap/mapping';
import { isRecord, isText } from '@segment-userleap/validation';
import { randomUUID } from 'node:crypto';
import type { Destination } from '../config/relay-config';
import { Dispatcher } from '../delivery/dispatcher';
import { OUTBOX } from '../outbox/outbox.port';
import type { NewEvent, OutboxPort } from '../outbox/outbox.port';

/** Takes events in: what it has accepted is on disk. */
@Injectable()
export class IntakeService {
  private readonly logger = new Logger('intake');

  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    private readonly dispatcher: Dispatcher,
  ) {}

  /** Keeps every event of a list, invalid ones as dead letters with their reason. */
  async acceptAll(destination: Destination, events: readonly unknown[]): Promise<void> {
    const now = Date.now();
    await this.keep(
      events.map((event) => toNewEvent(destination, event, mapEvent(event, destination.settings, now), now)),
    );
  }

  /**
   * Keeps one event, unless it is invalid: its sender hears so at once and can send it again, mended. Returns the outcome
   * where there is one already.
   */
  async acceptOne(destination: Destination, event: unknown): Promise<ReasonedOutcome | undefined> {
    const now = Date.now();
    const mapped = mapEvent(event, destination.settings, now);
    const outcome = mapped.kind === 'settled' ? mapped.outcome : undefined;
    if (outcome?.outcome !== 'rejected') await this.keep([toNewEvent(destination, event, mapped, now)]);
    return outcome;
  }

  private async keep(events: readonly NewEvent[]): Promise<void> {
    try {
      await this.outbox.accept(events);
    } catch (error) {
      this.logger.error(`the store failed: ${error instanceof Error ? error.name : 'unknown error'}`);
      throw new ServiceUnavailableException('the events could not be kept; send them again');
    }
    this.dispatcher.wake();
  }
}

function toNewEvent({ name }: Destination, event: unknown, mapped: Mapped, now: number): NewEvent {
  const fields = isRecord(event) ? event : {};
  return {
    destination: name,
    messageId: isText(fields.messageId) && fields.messageId !== '' ? fields.messageId : randomUUID(),
    type: isText(fields.type) ? fields.type : 'unknown',
    body: event,
    acceptedAt: now,
    fate: fateOf(mapped),
  };
}

function fateOf(mapped: Mapped): NewEvent['fate'] {
  if (mapped.kind === 'operation') {
    const { operation } = mapped;
    return { lane: lineOf(operation), createsUser: operation.kind === 'upsert' && operation.createsUser };
  }
  const { outcome } = mapped;
  if (outcome.outcome === 'retry') throw new Error('the mapping cannot put off an event');
  return { outcome: { ...outcome, outcome: outcome.outcome } };
}
