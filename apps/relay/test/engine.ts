import { mapEvent } from '@segment-userleap/mapping';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDestination } from '../src/config/read-destinations';
import type { Destination } from '../src/config/relay-config';
import { BelievedTime } from '../src/delivery/believed-time';
import { Circuit } from '../src/delivery/circuit';
import { DestinationDelivery } from '../src/delivery/destination-delivery';
import { TurnMemory } from '@segment-userleap/delivery';
import { fateOf } from '../src/outbox/port/fate-of';
import { openSqlite } from '../src/outbox/sqlite/open-sqlite';
import { SqliteOutbox } from '../src/outbox/sqlite/sqlite-outbox';
import { createEmptyStore } from './create-empty-store';
import { silentObserver } from './silent-observer';
import { StubClient } from './stub-client';
import { VirtualClock } from './virtual-clock';

/** Users of whom a test may send events. */
export const USERS = Array.from({ length: 20 }, (_, index) => `user-${index}`);

const HORIZON_SECONDS = 72 * 60 * 60;

/** The delivery of one destination over a real store, with a clock and a UserLeap of the test's own. */
export class Engine {
  readonly clock = new VirtualClock();
  readonly client = new StubClient(this.clock);
  readonly storeFailures: unknown[] = [];
  readonly lines: string[] = [];
  readonly time = new BelievedTime(this.clock, { warn: () => undefined, log: () => undefined });
  delivery: DestinationDelivery;

  private constructor(
    readonly outbox: SqliteOutbox,
    readonly destination: Destination,
    private readonly folder: string,
    private readonly unchangedMs: number,
  ) {
    this.delivery = this.#createDelivery(new Circuit(undefined));
  }

  /** Every Identify is sent, also one that says what the one before it did, but for `unchangedMs` after it. */
  static async open(
    rateLimit = '1000/300s',
    graceSeconds = HORIZON_SECONDS,
    {
      unchangedMs = 0,
      monthlyUsers,
    }: { readonly unchangedMs?: number; readonly monthlyUsers?: number | undefined } = {},
  ): Promise<Engine> {
    const folder = mkdtempSync(join(tmpdir(), 'relay-engine-'));
    const limits = { backlogLimit: 1_000_000, parkedLimit: 500_000 };
    const outbox = await SqliteOutbox.create(await openSqlite(await createEmptyStore(folder)), limits);
    return new Engine(outbox, makeDestination(rateLimit, graceSeconds, monthlyUsers), folder, unchangedMs);
  }

  /** Another delivery in the place of this one, which knows what the store has kept. */
  async restart(): Promise<void> {
    await this.delivery.stop();
    const { name } = this.destination;
    const pauses = await this.outbox.loadPauses();
    const handPauses = await this.outbox.loadHandPauses();
    this.delivery = this.#createDelivery(new Circuit(pauses.get(name)), handPauses.get(name));
    this.delivery.wake();
  }

  /** Accepts an Identify for each of the users. */
  async identify(...userIds: readonly string[]): Promise<void> {
    await this.#accept(userIds.map((userId) => ({ type: 'identify', userId, traits: { plan: 'pro' } })));
  }

  /** The same, with so many bytes that mean nothing to UserLeap. */
  async identifyLarge(bytes: number, ...userIds: readonly string[]): Promise<void> {
    const filler = 'x'.repeat(bytes);
    await this.#accept(userIds.map((userId) => ({ type: 'identify', userId, traits: { plan: 'pro' }, filler })));
  }

  async track(...userIds: readonly string[]): Promise<void> {
    await this.#accept(userIds.map((userId) => ({ type: 'track', userId, event: 'Seen' })));
  }

  async delete(...userIds: readonly string[]): Promise<void> {
    await this.#accept(userIds.map((userId) => ({ type: 'delete', userId })));
  }

  /** Resolves once nothing waits. */
  allDelivered(): Promise<void> {
    return this.clock.until(async () => (await this.pending()) === 0);
  }

  /** Resolves once so many requests have been sent. */
  sentAfter(count: number): Promise<void> {
    return this.clock.until(() => this.client.sent.length >= count);
  }

  /** Resolves once nothing is in flight. */
  idle(): Promise<void> {
    return this.clock.until(() => this.client.inFlight === 0);
  }

  /** The times between requests, from one on. */
  gapsOf(from: number): readonly number[] {
    const times = this.client.sent.map(({ sentAt }) => sentAt).slice(from);
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  }

  pending(): Promise<number> {
    return this.outbox.countPending(this.destination.name);
  }

  async close(): Promise<void> {
    const stopped = this.delivery.stop().then(() => (isStopped = true));
    let isStopped = false;
    await this.clock.until(() => isStopped);
    await stopped;
    await this.outbox.close();
    rmSync(this.folder, { recursive: true });
  }

  async #accept(events: readonly { readonly type: string; readonly userId: string }[]): Promise<void> {
    const { name, settings } = this.destination;
    const now = this.clock.now();
    const newEvents = events.map((event) => {
      const at = new Date(now).toISOString();
      const whole = { ...event, messageId: `message ${this.#messages++}`, timestamp: at, receivedAt: at };
      const { messageId, type } = whole;
      const fate = fateOf(mapEvent(whole, settings, now), whole, settings);
      return { destination: name, messageId, type, body: JSON.stringify(whole), acceptedAt: now, fate };
    });
    await this.outbox.accept(newEvents);
    this.delivery.wake();
  }
  #messages = 0;

  #createDelivery(circuit: Circuit, handPausedAt?: number): DestinationDelivery {
    const { clock, outbox, client, lines } = this;
    const alarm = { failed: (error: unknown) => void this.storeFailures.push(error), worked: () => undefined };
    const add = (line: string): void => void lines.push(line);
    const logger = { log: add, warn: add, error: add };
    const outside = {
      outbox,
      clock,
      client,
      alarm,
      observer: silentObserver,
      logger,
      chance: () => 1,
      memory: new TurnMemory(),
      told: { secret: [1, 2] as const, unchangedMs: this.unchangedMs },
      nudge: () => undefined,
      time: this.time,
    };
    return new DestinationDelivery(this.destination, circuit, outside, handPausedAt);
  }
}

function makeDestination(rateLimit: string, graceSeconds: number, monthlyUsers: number | undefined): Destination {
  const raw = { name: 'here', rateLimit, monthlyUsers, settings: { apiKey: 'key', endpoint: 'http://127.0.0.1:1' } };
  const parsed = parseDestination(raw, 'destination', graceSeconds);
  if (!parsed.ok) throw new Error('the sample destination is not valid');
  return parsed.value;
}
