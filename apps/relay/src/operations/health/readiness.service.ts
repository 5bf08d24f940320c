import { Inject, Injectable, ServiceUnavailableException } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { HealthCheckResult, HealthIndicatorResult } from '@nestjs/terminus';
import { REASONS } from '@segment-userleap/mapping';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import { Dispatcher } from '../../delivery/dispatcher';
import { StallWatch } from '../../delivery/stall-watch';
import { UnconfiguredDestinations } from '../../delivery/unconfigured-destinations';
import { OUTBOX } from '../../outbox/port/outbox.port';
import type { OutboxPort } from '../../outbox/port/outbox.port';
import { StoreTrial } from '../../delivery/store-trial';

/** `degraded`: events are taken in, but some do not go out. `reasons` are sentences, none where all is well. */
export interface Readiness {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly reasons: readonly string[];
}

/** Whether senders should be sent here. */
@Injectable()
export class ReadinessService {
  private isStopping = false;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly dispatcher: Dispatcher,
    private readonly stalls: StallWatch,
    private readonly unconfigured: UnconfiguredDestinations,
    private readonly store: StoreTrial,
    @Inject(OUTBOX) private readonly outbox: Pick<OutboxPort, 'countWaitingFor'>,
  ) {}

  /** From now on senders should go elsewhere. */
  stop(): void {
    this.isStopping = true;
  }

  async check(): Promise<Readiness> {
    const checks = [
      () => this.checkProcess(),
      () => this.checkStore(),
      () => this.checkDestinations(),
      () => this.checkStalls(),
      () => this.checkUnconfigured(),
      () => this.checkDeletes(),
    ];
    const { status, error, info } = await this.health.check(checks).catch(resultOf);
    const reasons = [error, info].flatMap(reasonsOf);
    if (status !== 'ok') return { status: 'unavailable', reasons };
    return { status: reasons.length === 0 ? 'ok' : 'degraded', reasons };
  }

  private checkProcess(): HealthIndicatorResult {
    const self = this.indicators.check('process');
    return this.isStopping ? self.down({ reasons: ['the relay is stopping'] }) : self.up();
  }

  private async checkStore(): Promise<HealthIndicatorResult> {
    const store = this.indicators.check('store');
    const { failure, pending } = await this.store.look();
    if (failure !== undefined) return store.down({ reasons: [`the store cannot be written (${failure})`] });
    const { backlogLimit } = this.config;
    if (pending < backlogLimit) return store.up();
    return store.down({ reasons: [`${pending} events wait, and RELAY_BACKLOG_LIMIT is ${backlogLimit}`] });
  }

  private checkDestinations(): HealthIndicatorResult {
    const paused = this.dispatcher.list().flatMap(({ destination: { name }, pauses: { byRelay, byHandAt } }) => {
      if (byHandAt !== undefined) return [`destination ${name} is paused by hand`];
      return byRelay ? [`destination ${name} is paused (${byRelay.reason}): ${REASONS[byRelay.reason]}`] : [];
    });
    return this.indicators.check('destinations').up({ reasons: paused });
  }

  private checkStalls(): HealthIndicatorResult {
    const reasons = this.dispatcher.list().flatMap(({ destination: { name } }) => {
      const minutes = Math.floor(this.stalls.stalledMs(name) / 60_000);
      if (minutes === 0) return [];
      return [`destination ${name}: events could go out, but nothing was sent for ${minutes} min`];
    });
    return this.indicators.check('stalls').up({ reasons });
  }

  private async checkUnconfigured(): Promise<HealthIndicatorResult> {
    // Where the store cannot be read, the look at the store says so.
    const waiting = await this.unconfigured.list().catch(() => []);
    const reasons = waiting.map(
      ({ name, pending }) => `destination ${name} is not configured: events wait for it (${pending})`,
    );
    return this.indicators.check('unconfigured').up({ reasons });
  }

  /** A key that may not erase users keeps Deletes alone from going out. */
  private async checkDeletes(): Promise<HealthIndicatorResult> {
    // Where the store cannot be read, the look at the store says so.
    const held = await this.outbox.countWaitingFor('purge_not_allowed').catch(() => new Map<string, number>());
    const reasons = [...held].map(
      ([name, count]) => `destination ${name}: ${count} Deletes wait (purge_not_allowed): ${REASONS.purge_not_allowed}`,
    );
    return this.indicators.check('deletes').up({ reasons });
  }
}

function reasonsOf(results: HealthCheckResult['error']): readonly string[] {
  return Object.values(results ?? {}).flatMap((result) => (result?.reasons ?? []) as readonly string[]);
}

/** Terminus throws what it found where something is down. */
function resultOf(error: unknown): HealthCheckResult {
  if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
  throw error;
}
