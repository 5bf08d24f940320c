import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import { CLOCK } from '../../delivery/clock';
import type { Clock } from '../../delivery/clock';
import { RepeatedWork } from '../../delivery/repeated-work';
import { OUTBOX } from '../../outbox/port/outbox.port';
import type { OutboxPort } from '../../outbox/port/outbox.port';
import { StoreTrial } from '../../delivery/store-trial';
import { Alerts } from './alerts';

const LOOK_EVERY_MS = 10_000;
const NEAR = 0.8;
// Below this it is over: a backlog that goes up and down around the mark is told of once.
const FAR = 0.7;

/** Tells once that the backlog comes near its limit, past which senders get 503. Of several relays one does. */
@Injectable()
export class BacklogWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly work: RepeatedWork;
  private isNear = false;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: Pick<RelayConfig, 'backlogLimit' | 'alert'>,
    @Inject(OUTBOX) private readonly outbox: Pick<OutboxPort, 'keepsHouse'>,
    @Inject(CLOCK) clock: Clock,
    @Inject(StoreTrial) private readonly store: Pick<StoreTrial, 'look'>,
    @Inject(Alerts) private readonly alerts: Pick<Alerts, 'tell'>,
  ) {
    this.work = new RepeatedWork(clock, LOOK_EVERY_MS, () => this.look());
  }

  onApplicationBootstrap(): void {
    if (this.config.alert) this.work.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async look(): Promise<void> {
    const { failure, pending } = await this.store.look();
    if (failure !== undefined) return;
    const share = pending / this.config.backlogLimit;
    if (this.isNear || share < NEAR) {
      this.isNear = this.isNear && share >= FAR;
      return;
    }
    this.isNear = true;
    if (!(await this.outbox.keepsHouse().catch(() => false))) return;
    const percent = Math.floor(share * 100);
    const text = `${percent} % of the events wait that may (RELAY_BACKLOG_LIMIT). Beyond the limit senders get 503.`;
    this.alerts.tell({ kind: 'limit', reason: 'backlog', count: pending, text });
  }
}
