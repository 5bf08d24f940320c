import { Inject, Injectable, Logger, UnauthorizedException } from '@nestjs/common';
import type { HttpException } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RELAY_OBSERVER } from '../observer/relay-observer';
import type { RelayObserver } from '../observer/relay-observer';
import { ComeBackLater } from './come-back-later';

const MOST = 20;
const WINDOW_SECONDS = 60;

/**
 * Counts calls with wrong credentials. An address that makes many is told to come back later; calls with the right ones
 * pass all the same, for several senders may stand behind one address.
 */
@Injectable()
export class RefusedCalls {
  readonly #limiter = new RateLimiterMemory({ points: MOST, duration: WINDOW_SECONDS });
  private readonly logger = new Logger('http');
  #count = 0;

  constructor(@Inject(RELAY_OBSERVER) private readonly observer: RelayObserver) {}

  /** Throws 401 with the message, or another refusal; 429 where there were too many. */
  async refuse(
    address: string,
    message: string,
    refusal: HttpException = new UnauthorizedException(message),
  ): Promise<never> {
    this.#count += 1;
    this.observer.refused();
    try {
      await this.#limiter.consume(address);
    } catch (limit) {
      const waitMs = limit instanceof RateLimiterRes ? limit.msBeforeNext : WINDOW_SECONDS * 1000;
      throw new ComeBackLater('too many calls with wrong credentials', Math.max(1, Math.ceil(waitMs / 1000)));
    }
    // Past the limit nothing is logged: the log must not be flooded.
    this.logger.warn(`refused a call, ${this.#count} since the start: ${message}`);
    throw refusal;
  }
}
