import { Inject, Injectable } from '@nestjs/common';
import { buildKeyCheck, judgeKeyCheck } from '@segment-userleap/userleap-api';
import type { KeyCheck } from '@segment-userleap/userleap-api';
import type { Destination } from '../config/relay-config';
import { OUTBOX } from '../outbox/port/outbox.port';
import type { OutboxPort } from '../outbox/port/outbox.port';
import { CLOCK } from './clock';
import type { Clock } from './clock';
import { UserLeapClient } from './userleap-client';

/** Tries whether UserLeap takes the key of a destination, as one of the requests that its rate limit allows. */
@Injectable()
export class KeyChecks {
  constructor(
    @Inject(OUTBOX) private readonly outbox: Pick<OutboxPort, 'reserve'>,
    @Inject(CLOCK) private readonly clock: Pick<Clock, 'budgetNow'>,
    private readonly client: UserLeapClient,
  ) {}

  /** Rejects where the store fails. Sends nothing where the rate limit leaves no request: it is not waited for. */
  async check({ budget, settings }: Pick<Destination, 'budget' | 'settings'>): Promise<KeyCheck> {
    const now = this.clock.budgetNow();
    const reserved = await this.outbox.reserve(undefined, budget, now);
    if (reserved.kind === 'places') return judgeKeyCheck(await this.client.send(buildKeyCheck(settings)));
    const seconds = Math.max(1, Math.ceil((reserved.until - now) / 1000));
    return { ok: false, status: null, message: `not tried: the rate limit leaves no request for ${seconds} s` };
  }
}
