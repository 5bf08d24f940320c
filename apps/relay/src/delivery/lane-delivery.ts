import { Inject, Injectable } from '@nestjs/common';
import { deliverEvents } from '@segment-userleap/delivery';
import type { KnownUsersPort } from '@segment-userleap/delivery';
import type { Outcome } from '@segment-userleap/mapping';
import type { Destination } from '../config/relay-config';
import { OUTBOX } from '../outbox/outbox.port';
import type { DueLane, OutboxPort } from '../outbox/outbox.port';
import { applyHorizon } from './apply-horizon';
import { planNextAttempt } from './plan-next-attempt';
import { UserLeapClient } from './userleap-client';

// Two full requests: bounds the memory that a lane of a very long queue takes.
const EVENTS_PER_ATTEMPT = 1_000;

/** Delivers what waits in a lane, all of it together, and keeps what became of it. */
@Injectable()
export class LaneDelivery {
  constructor(
    @Inject(OUTBOX) private readonly outbox: OutboxPort,
    private readonly client: UserLeapClient,
  ) {}

  async attempt(lane: DueLane, { settings }: Destination): Promise<readonly Outcome[]> {
    const pending = await this.outbox.loadPending(lane, EVENTS_PER_ATTEMPT);
    const outcomes = await deliverEvents(
      pending.map(({ body }) => body),
      settings,
      { send: (request) => this.client.send(request), knownUsers: this.knownUsers(lane), now: () => Date.now() },
    );
    const now = Date.now();
    const results = pending.flatMap(({ id, acceptedAt }, index) => {
      const outcome = outcomes[index];
      return outcome ? [{ id, outcome: applyHorizon(outcome, acceptedAt, now) }] : [];
    });
    await this.outbox.settle(lane, results, now, planNextAttempt(lane, outcomes, now, Math.random()));
    return outcomes;
  }

  private knownUsers({ destination, lane }: DueLane): KnownUsersPort {
    return {
      isKnown: (userId) => this.outbox.isKnownUser(destination, userId),
      remember: async (userId) => {
        await this.outbox.rememberUser(destination, userId, Date.now());
        // An alias made another lane's user known: what waits there can go.
        if (userId !== lane) await this.outbox.wake({ destination, lane: userId }, Date.now());
      },
      forget: (userId) => this.outbox.forgetUser(destination, userId),
    };
  }
}
