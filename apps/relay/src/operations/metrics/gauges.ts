import { Inject, Injectable } from '@nestjs/common';
import { Registry } from 'prom-client';
import type { Gauge } from 'prom-client';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import { RELAY_VERSION } from '../../config/relay-version';
import { CLOCK } from '../../delivery/clock';
import type { Clock } from '../../delivery/clock';
import type { DestinationDelivery } from '../../delivery/destination-delivery';
import { Dispatcher } from '../../delivery/dispatcher';
import { StallWatch } from '../../delivery/stall-watch';
import { StoreTrial } from '../../delivery/store-trial';
import { UnconfiguredDestinations } from '../../delivery/unconfigured-destinations';
import { OUTBOX } from '../../outbox/port/outbox.port';
import type { OutboxPort } from '../../outbox/port/outbox.port';
import { UsageService } from '../usage/usage.service';
import { createGauges } from './create-metrics';

/** How things stand. */
@Injectable()
export class Gauges {
  readonly #gauges: ReturnType<typeof createGauges>;

  constructor(
    registry: Registry,
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly dispatcher: Dispatcher,
    private readonly stalls: StallWatch,
    private readonly unconfigured: UnconfiguredDestinations,
    private readonly store: StoreTrial,
    private readonly usage: UsageService,
  ) {
    this.#gauges = createGauges(registry);
    this.#gauges.backlogLimit.set(config.backlogLimit);
    this.#gauges.heldLimit.set(config.anonymousLimit);
    this.#gauges.buildInfo.set({ version: RELAY_VERSION, node: process.version, store: config.store.kind }, 1);
  }

  /** Brings them up to date. What the store does not tell is left out, rather than what it told last. */
  async refresh(): Promise<void> {
    const { accepting, backlog } = this.#gauges;
    const { failure, pending } = await this.store.look();
    accepting.set(failure === undefined && pending < this.config.backlogLimit ? 1 : 0);
    if (failure === undefined) backlog.set(pending);
    else backlog.remove();
    const { outbox } = this;
    const { waiting, parked, held } = this.#gauges;
    await this.#count(waiting, () => outbox.countWaitingFor());
    await this.#count(parked, () => outbox.countWaitingFor('unknown_user'));
    await this.#count(held, () => outbox.countHeld());
    await this.#countDeadLetters();
    await this.#countNewNames();
    await this.#countUnconfigured();
    await this.#countTracked();
    await Promise.all(this.dispatcher.list().map((delivery) => this.#describe(delivery, failure === undefined)));
  }

  async #countUnconfigured(): Promise<void> {
    const { unconfigured } = this.#gauges;
    const others = await this.unconfigured.listAll().catch(() => undefined);
    unconfigured.reset();
    if (!others) return;
    for (const { name } of this.config.destinations) unconfigured.set({ destination: name }, 0);
    for (const { name, pending } of others) unconfigured.set({ destination: name }, pending);
  }

  async #count(gauge: Gauge<'destination'>, read: () => Promise<ReadonlyMap<string, number>>): Promise<void> {
    const counts = await read().catch(() => undefined);
    gauge.reset();
    for (const { destination } of counts ? this.dispatcher.list() : []) {
      gauge.set({ destination: destination.name }, counts?.get(destination.name) ?? 0);
    }
  }

  async #countDeadLetters(): Promise<void> {
    const { deadLetters } = this.#gauges;
    const counts = await this.outbox.countDeadLettersByReason().catch(() => []);
    deadLetters.reset();
    for (const { destination, reason, count } of counts) deadLetters.set({ destination, reason }, count);
  }

  async #countTracked(): Promise<void> {
    const { trackedUsers, trackedUsersLimit, trackedUsersForecast } = this.#gauges;
    for (const gauge of [trackedUsers, trackedUsersLimit, trackedUsersForecast]) gauge.reset();
    for (const destination of this.config.destinations) {
      const outlook = await this.usage.outlook(destination).catch(() => undefined);
      if (!outlook) return;
      const labels = { destination: destination.name };
      trackedUsers.set(labels, outlook.trackedUsers);
      trackedUsersForecast.set(labels, outlook.forecast.trackedUsers);
      if (destination.monthlyUsers !== undefined) trackedUsersLimit.set(labels, destination.monthlyUsers);
    }
  }

  async #countNewNames(): Promise<void> {
    const { newNames } = this.#gauges;
    const counts = await this.outbox.countNewNames(this.clock.now()).catch(() => undefined);
    newNames.reset();
    for (const { destination } of counts ? this.dispatcher.list() : []) {
      newNames.set({ destination: destination.name }, counts?.get(destination.budget.id) ?? 0);
    }
  }

  async #describe({ destination, pauses }: DestinationDelivery, isStoreRead: boolean): Promise<void> {
    const { oldestReady, oldestBackfill, stalled, paused, budgetLimit, budgetLeft, budgetBlocked } = this.#gauges;
    const { name, budget } = destination;
    stalled.set({ destination: name }, this.stalls.stalledMs(name) / 1000);
    paused.set({ destination: name, by: 'relay' }, pauses.byRelay ? 1 : 0);
    paused.set({ destination: name, by: 'person' }, pauses.byHandAt === undefined ? 0 : 1);
    budgetLimit.set({ destination: name }, budget.requests);
    const now = this.clock.now();
    const budgetNow = this.clock.budgetNow();
    const read = isStoreRead
      ? Promise.all([
          this.outbox.readySince(name, now, 'live'),
          this.outbox.readySince(name, now, 'backfill'),
          this.outbox.budgetUse(budget, budgetNow),
        ])
      : null;
    const told = await read?.catch(() => undefined);
    if (!told) {
      for (const gauge of [oldestReady, oldestBackfill, budgetLeft, budgetBlocked]) gauge.remove({ destination: name });
      return;
    }
    const [since = now, backfilledSince = now, { used, blockedUntil }] = told;
    oldestBackfill.set({ destination: name }, Math.max(0, now - backfilledSince) / 1000);
    oldestReady.set({ destination: name }, Math.max(0, now - since) / 1000);
    budgetLeft.set({ destination: name }, Math.max(0, budget.requests - used));
    budgetBlocked.set({ destination: name }, Math.max(0, blockedUntil - budgetNow) / 1000);
  }
}
