import { Inject, Injectable } from '@nestjs/common';
import { Dispatcher } from '../delivery/dispatcher';
import { OUTBOX } from '../outbox/outbox.port';
import type { OutboxPort } from '../outbox/outbox.port';

/** How the relay is doing, at a glance. */
export interface Overview {
  readonly pending: number;
  readonly destinations: readonly { readonly name: string; readonly pending: number }[];
}

@Injectable()
export class OverviewService {
  constructor(
    private readonly dispatcher: Dispatcher,
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
  ) {}

  async read(): Promise<Overview> {
    const names = this.dispatcher.list().map(({ destination }) => destination.name);
    const destinations = await Promise.all(
      names.map(async (name) => ({ name, pending: await this.outbox.countPending(name) })),
    );
    return { pending: destinations.reduce((sum, { pending }) => sum + pending, 0), destinations };
  }
}
