import { Controller, Get, Inject, NotFoundException, Param, Query, UseGuards } from '@nestjs/common';
import { previewEvent } from '@segment-userleap/delivery';
import type { Preview } from '@segment-userleap/delivery';
import { ClaimedEvent } from '@segment-userleap/mapping';
import { isRecord } from '@segment-userleap/validation';
import { Describe, DescribeAdminCalls } from '../api-description/describe';
import { EVENT_PAGE, EVENT_QUERY } from '../api-description/event-schemas';
import type { Lane } from '../api-description/lane-schemas';
import { EVENT_STORY } from '../api-description/preview-schemas';
import { NUMBER } from '../api-description/schema';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import type { EventRecord } from '../outbox/port/event-record';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { KeptEvent, OutboxPort } from '../outbox/port/outbox.port';
import { AdminTokenGuard } from './admin-token.guard';
import { loadPage } from './load-page';
import { expectFields, readEventFilter, readNumber } from './read-query';
import type { Fields } from './read-query';

interface ShownEvent extends Omit<KeptEvent, 'body'> {
  readonly body: unknown;
  readonly part: Preview | null;
  readonly lane: Lane | null;
}

/** What became of every event. */
@DescribeAdminCalls('Events')
@Controller('api/events')
@UseGuards(AdminTokenGuard)
export class EventsController {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first; each filter narrows the list. */
  @Get()
  @Describe('What became of every event, newest first', {
    query: EVENT_QUERY,
    answer: EVENT_PAGE,
  })
  async list(@Query() query: Fields): Promise<{ events: readonly EventRecord[]; next: string | null }> {
    expectFields(query, EVENT_QUERY);
    const filter = readEventFilter(query);
    const { page, next } = await loadPage(
      query,
      (part) => this.outbox.listEvents({ ...filter, ...part }),
      ({ id, acceptedAt }) => ({ at: Date.parse(acceptedAt), id }),
    );
    return { events: page, next };
  }

  /** Everything about one event: itself, what it becomes today, and what happened to it. */
  @Get(':id')
  @Describe('One event: itself, what it becomes today, and what happened to it', {
    parts: { id: NUMBER },
    answer: EVENT_STORY,
  })
  async show(@Param('id') id: string): Promise<ShownEvent> {
    const kept = await this.outbox.loadEvent(readNumber('id', id, Number.MAX_SAFE_INTEGER));
    if (!kept) throw new NotFoundException('id: there is no such event');
    const { event, story } = kept;
    const body: unknown = kept.body === null ? null : JSON.parse(kept.body);
    const destination = this.config.destinations.find(({ name }) => name === event.destination);
    const now = this.clock.now();
    const isClaimed = story.some(({ kind }) => kind === 'claimed') && event.userId !== null;
    const given = isClaimed ? new ClaimedEvent(body, event.userId, now) : body;
    const part = isRecord(body) && destination ? await previewEvent(given, destination.settings, now) : null;
    return { event, body, part, story, lane: await this.findLane(event) };
  }

  /** Where an event waits. */
  private async findLane({ state, destination, userId }: EventRecord): Promise<Lane | null> {
    if (state !== 'pending' || userId === null) return null;
    const [found] = await this.outbox.listLanes({ destination, userId, now: this.clock.now(), limit: 1 });
    if (!found) return null;
    const { cursor: _, ...lane } = found;
    return lane;
  }
}
