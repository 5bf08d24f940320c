import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { RELAY_CONFIG } from '../../config/relay-config';
import type { RelayConfig } from '../../config/relay-config';
import { CLOCK } from '../../delivery/clock';
import type { Clock } from '../../delivery/clock';
import { RepeatedWork } from '../../delivery/repeated-work';
import { StoreTrial } from '../../delivery/store-trial';
import { OUTBOX } from '../../outbox/port/outbox.port';
import type { OutboxPort } from '../../outbox/port/outbox.port';
import { UsageService } from '../usage/usage.service';
import type { Alert } from './alert';
import { Alerts } from './alerts';

const LOOK_EVERY_MS = 10_000;
// So much below a mark it is over: what goes up and down around it is told of once.
const FAR = 0.1;

/** How much of a limit is used. */
interface Reading {
  readonly what: string;
  readonly count: number;
  readonly limit: number;
  /** Shares of the limit that are told of. */
  readonly marks: readonly number[];
  readonly alert: Omit<Alert, 'kind' | 'count'>;
}

/** Tells once that a limit comes near, or is reached. Of several relays one does. */
@Injectable()
export class LimitWatch implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly work: RepeatedWork;
  /** The highest mark that was told of, by limit. */
  private readonly told = new Map<string, number>();

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: Pick<RelayConfig, 'backlogLimit' | 'alert' | 'destinations'>,
    @Inject(OUTBOX) private readonly outbox: Pick<OutboxPort, 'keepsHouse'>,
    @Inject(CLOCK) clock: Clock,
    @Inject(StoreTrial) private readonly store: Pick<StoreTrial, 'look'>,
    @Inject(UsageService) private readonly usage: Pick<UsageService, 'countTracked'>,
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

  /** What cannot be read now is read the next time. */
  private async look(): Promise<void> {
    const { failure, pending } = await this.store.look();
    if (failure !== undefined) return;
    const readings = [this.backlogOf(pending), ...(await this.usersOf().catch(() => []))];
    const crossed = readings.filter((reading) => this.hasCrossed(reading));
    if (crossed.length === 0 || !(await this.outbox.keepsHouse().catch(() => false))) return;
    for (const { alert, count } of crossed) this.alerts.tell({ kind: 'limit', count, ...alert });
  }

  private hasCrossed({ what, count, limit, marks }: Reading): boolean {
    const share = count / limit;
    const before = this.told.get(what) ?? 0;
    const now = Math.max(0, ...marks.filter((mark) => share >= mark));
    if (now > before || share < before - FAR) this.told.set(what, now);
    return now > before;
  }

  private backlogOf(count: number): Reading {
    const limit = this.config.backlogLimit;
    const text = `${percentOf(count, limit)} of the events wait that may (RELAY_BACKLOG_LIMIT). Beyond the limit senders get 503.`;
    return { what: 'backlog', count, limit, marks: [0.8], alert: { reason: 'backlog', text } };
  }

  private async usersOf(): Promise<readonly Reading[]> {
    const limited = this.config.destinations.filter(({ monthlyUsers }) => monthlyUsers !== undefined);
    return Promise.all(
      limited.map(async (destination): Promise<Reading> => {
        const { name, monthlyUsers: limit = 0 } = destination;
        const count = await this.usage.countTracked(destination);
        const text = `${percentOf(count, limit)} of the users that ${name} may track this month (monthlyUsers) are. Beyond the limit events become dead letters.`;
        const alert = { destination: name, reason: 'monthly_limit', text };
        return { what: `users of ${name}`, count, limit, marks: [0.8, 1], alert };
      }),
    );
  }
}

function percentOf(count: number, limit: number): string {
  return `${Math.floor((count / limit) * 100)} %`;
}
