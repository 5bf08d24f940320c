import { readRetryDelay } from '@segment-userleap/userleap-api';
import type { UserLeapReply } from '@segment-userleap/userleap-api';
import { backOff } from './back-off';

/** A request, as far as holding off goes. */
export interface HeldOffRequest {
  /** Takes the answer; returns for how many milliseconds no other request may go, undefined where any may. */
  answered(reply: UserLeapReply, call: { readonly now: number; readonly chance: number }): number | undefined;
}

/**
 * How long UserLeap gets no request after it has said that it takes none: 429, or 503 with the time for which that holds. As
 * long as it says, and never less than a back-off that grows with each in a row.
 */
export class HoldOff {
  #inARow = 0;
  #isUnavailable = false;

  /** It has said a second time in a row that it is not there for a while. */
  get isUnavailable(): boolean {
    return this.#isUnavailable && this.#inARow > 1;
  }

  begin(): HeldOffRequest {
    // What was under way when it began to refuse says it once more, or nothing at all.
    const begunAfter = this.#inARow;
    return {
      answered: (reply, { now, chance }) => {
        if ('failure' in reply) return undefined;
        const isFirst = begunAfter === this.#inARow;
        const askedMs = readRetryDelay(reply.headers, now);
        const isHeldOff = reply.status === 429 || (reply.status === 503 && askedMs !== undefined);
        if (isHeldOff) {
          if (isFirst) this.#inARow += 1;
          this.#isUnavailable = reply.status === 503;
          return Math.max(askedMs ?? 0, isFirst ? backOff(this.#inARow, 0.5 + chance / 2) : 0);
        }
        if (isFirst && reply.status < 500) this.#inARow = 0;
        return undefined;
      },
    };
  }
}
