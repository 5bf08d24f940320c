import { Inject, Injectable, Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { Destination, RelayConfig } from '../config/relay-config';
import { OUTBOX } from '../outbox/outbox.port';
import type { DueLane, OutboxPort } from '../outbox/outbox.port';
import { DestinationHold } from './destination-hold';
import { LaneDelivery } from './lane-delivery';

const LANES_IN_FLIGHT = 8;
// Where the store fails, or the clock is set back, waiting must end by itself.
const MAX_SLEEP_MS = 30_000;
const RETRY_STORE_MS = 1_000;

/** Sends due lanes out, the one with the oldest event first, several at a time but no lane twice. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('delivery');
  private readonly inFlight = new Map<DueLane, Promise<void>>();
  private readonly hold = new DestinationHold();
  private timer: NodeJS.Timeout | undefined;
  private dispatching: Promise<void> = Promise.resolve();
  private isWoken = false;
  private isStopped = false;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    private readonly laneDelivery: LaneDelivery,
  ) {}

  onApplicationBootstrap(): void {
    this.wake();
  }

  /** Ends when what was in flight has been answered and its outcome is kept. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.dispatching;
    await Promise.all(this.inFlight.values());
  }

  /** Something may have become due. Returns at once. */
  wake(): void {
    if (this.isWoken) return;
    this.isWoken = true;
    this.dispatching = this.dispatching.then(() => {
      this.isWoken = false;
      return this.dispatch();
    });
  }

  private async dispatch(): Promise<void> {
    if (this.isStopped) return;
    clearTimeout(this.timer);
    try {
      while (this.inFlight.size < LANES_IN_FLIGHT && (await this.startNextLane()));
      this.sleepFor(await this.untilNextDue());
    } catch (error) {
      this.logger.error(`the store failed: ${errorName(error)}`);
      this.sleepFor(RETRY_STORE_MS);
    }
  }

  private async startNextLane(): Promise<boolean> {
    const lane = await this.outbox.findDueLane(this.freeDestinations(), Date.now(), [...this.inFlight.keys()]);
    const destination = this.config.destinations.find(({ name }) => name === lane?.destination);
    if (!lane || !destination) return false;
    const attempt = this.attempt(lane, destination).finally(() => {
      this.inFlight.delete(lane);
      this.wake();
    });
    this.inFlight.set(lane, attempt);
    return true;
  }

  private async attempt(lane: DueLane, destination: Destination): Promise<void> {
    try {
      const outcomes = await this.laneDelivery.attempt(lane, destination);
      const reason = this.hold.note(destination.name, outcomes, Date.now(), Math.random());
      if (reason) this.logger.warn(`destination ${destination.name} has to wait: ${reason}`);
    } catch (error) {
      // Nothing is lost: the lane is as it was, and what was sent is sent again.
      this.logger.error(`the store failed: ${errorName(error)}`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_STORE_MS));
    }
  }

  private async untilNextDue(): Promise<number> {
    const now = Date.now();
    const due = await this.outbox.findNextDue(this.freeDestinations(), [...this.inFlight.keys()]);
    const held = this.config.destinations.map(({ name }) => this.hold.heldUntil(name)).filter((until) => until > now);
    // With every place taken, the next lane that ends wakes us.
    const isFull = this.inFlight.size >= LANES_IN_FLIGHT;
    return Math.min(MAX_SLEEP_MS, ...held.map((until) => until - now), isFull ? MAX_SLEEP_MS : (due ?? Infinity) - now);
  }

  private freeDestinations(): readonly string[] {
    const now = Date.now();
    return this.config.destinations.map(({ name }) => name).filter((name) => this.hold.heldUntil(name) <= now);
  }

  private sleepFor(milliseconds: number): void {
    if (!this.isStopped) this.timer = setTimeout(() => this.wake(), Math.max(0, milliseconds));
  }
}

/** The kind of an error; its text may quote what was stored. */
function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
