import { Inject, Injectable } from '@nestjs/common';
import { REASONS } from '@segment-userleap/mapping';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import { Dispatcher } from '../../delivery/dispatcher';
import { StoreTrial } from './store-trial';

/** `degraded`: events are taken in, but some do not go out. `reasons` are sentences, none where all is well. */
export interface Readiness {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly reasons: readonly string[];
}

/** Whether senders should be sent here. */
@Injectable()
export class ReadinessService {
  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    private readonly dispatcher: Dispatcher,
    private readonly store: StoreTrial,
  ) {}

  async check(): Promise<Readiness> {
    const obstacle = await this.findObstacle();
    const pauses = this.listPauses();
    if (obstacle !== undefined) return { status: 'unavailable', reasons: [obstacle, ...pauses] };
    return { status: pauses.length === 0 ? 'ok' : 'degraded', reasons: pauses };
  }

  private async findObstacle(): Promise<string | undefined> {
    const { failure, pending } = await this.store.look();
    if (failure !== undefined) return `the store cannot be written (${failure})`;
    const { backlogLimit } = this.config;
    return pending < backlogLimit ? undefined : `${pending} events wait, and RELAY_BACKLOG_LIMIT is ${backlogLimit}`;
  }

  private listPauses(): readonly string[] {
    return this.dispatcher.list().flatMap(({ destination: { name }, pauses: { byRelay, byHandAt } }) => {
      if (byHandAt !== undefined) return [`destination ${name} is paused by hand`];
      return byRelay ? [`destination ${name} is paused (${byRelay.reason}): ${REASONS[byRelay.reason]}`] : [];
    });
  }
}
