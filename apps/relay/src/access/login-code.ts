import { Inject, Injectable } from '@nestjs/common';
import { RELAY_CONFIG } from '../config/relay-config';
import type { RelayConfig } from '../config/relay-config';
import { CLOCK } from '../delivery/clock';
import type { Clock } from '../delivery/clock';
import { includesSecret } from '../http/includes-secret';

const LONGEST_LIFE_MS = 10 * 60_000;

/**
 * `RELAY_LOGIN_CODE`, which opens one session in the admin token's place. It holds the time of its own end, at most ten
 * minutes ahead: left in an environment it becomes worthless, also over restarts.
 */
@Injectable()
export class LoginCode {
  #isUsed = false;

  constructor(
    @Inject(RELAY_CONFIG) private readonly config: RelayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** True where it is the code, in time, and for the first time. */
  take(given: string): boolean {
    const { loginCode } = this.config;
    if (this.#isUsed || loginCode === undefined || !includesSecret([loginCode], given)) return false;
    const left = Number.parseInt(loginCode, 10) * 1000 - this.clock.now();
    this.#isUsed = left > 0 && left <= LONGEST_LIFE_MS;
    return this.#isUsed;
  }
}
