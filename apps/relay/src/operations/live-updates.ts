import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { StorageAlarm } from '../outbox/storage-alarm';
import { Changes } from './changes';
import { toServerSentEvent } from './event-stream';
import type { EventStream } from './event-stream';
import { OverviewService } from './overview.service';

const MOST_LISTENERS = 50;
const MOST_IDS = 100;
const INTERVAL_MS = 1_000;
const HEARTBEAT_MS = 15_000;
// A comment, which tells proxies and us that the other side is there.
const HEARTBEAT = ':\n\n';

/** Tells pages what has changed, at most once a second: one look at the store for all of them, none while nobody listens. */
@Injectable()
export class LiveUpdates {
  readonly #streams = new Set<EventStream>();
  readonly #changedIds = new Set<number>();
  #newestId = 0;
  #hasChanged = false;
  #isUpdating = false;
  #updatedAt = 0;
  #cancelHeartbeat: (() => void) | undefined;
  #isStopped = false;

  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly overview: OverviewService,
    private readonly alarm: StorageAlarm,
    changes: Changes,
  ) {
    changes.listen((ids) => this.note(ids));
  }

  /** Sends an overview at once, and updates until the stream ends. Throws 503 where there are 50 streams, or at the stop. */
  async join(open: () => EventStream): Promise<void> {
    if (this.#isStopped || this.#streams.size >= MOST_LISTENERS) {
      throw new ServiceUnavailableException(`live updates are for at most ${MOST_LISTENERS} pages at a time`);
    }
    const stream = open();
    const isFirst = this.#streams.size === 0;
    this.#streams.add(stream);
    stream.onEnd(() => this.leave(stream));
    if (isFirst) this.scheduleHeartbeat();
    try {
      if (isFirst) await this.findAccepted();
      stream.send(toServerSentEvent({ event: 'overview', data: await this.overview.read() }));
    } catch (error) {
      this.alarm.failed(error);
      // The page comes back by itself.
      stream.end();
    }
  }

  /** Ends every stream: what is still open would hold up the end of the process. */
  stop(): void {
    this.#isStopped = true;
    for (const stream of this.#streams) stream.end();
  }

  private leave(stream: EventStream): void {
    this.#streams.delete(stream);
    if (this.#streams.size === 0) this.#cancelHeartbeat?.();
  }

  private note(ids: readonly number[]): void {
    if (this.#streams.size === 0) return;
    this.#hasChanged = true;
    for (const id of ids) this.#changedIds.add(id);
    this.scheduleUpdate();
  }

  private scheduleUpdate(): void {
    if (this.#isUpdating || !this.#hasChanged) return;
    this.#isUpdating = true;
    const wait = Math.min(INTERVAL_MS, Math.max(0, this.#updatedAt + INTERVAL_MS - this.clock.elapsed()));
    this.clock.setTimer(() => void this.update(), wait);
  }

  private async update(): Promise<void> {
    this.#hasChanged = false;
    const changed = [...this.#changedIds];
    this.#changedIds.clear();
    try {
      const ids = [...new Set([...(await this.findAccepted()), ...changed.reverse()])].slice(0, MOST_IDS);
      this.sendAll(toServerSentEvent({ event: 'overview', data: await this.overview.read() }));
      if (ids.length > 0) this.sendAll(toServerSentEvent({ event: 'events', data: { ids } }));
    } catch (error) {
      this.alarm.failed(error);
    }
    this.#updatedAt = this.clock.elapsed();
    this.#isUpdating = false;
    this.scheduleUpdate();
  }

  /** Ids of what was accepted since the last look, newest first. */
  private async findAccepted(): Promise<readonly number[]> {
    const newest = await this.outbox.listEvents({ limit: MOST_IDS });
    const ids = newest.map(({ id }) => id).filter((id) => id > this.#newestId);
    this.#newestId = Math.max(this.#newestId, ...ids);
    return ids;
  }

  private scheduleHeartbeat(): void {
    this.#cancelHeartbeat = this.clock.setTimer(() => {
      this.sendAll(HEARTBEAT);
      this.scheduleHeartbeat();
    }, HEARTBEAT_MS);
  }

  private sendAll(text: string): void {
    for (const stream of this.#streams) stream.send(text);
  }
}
