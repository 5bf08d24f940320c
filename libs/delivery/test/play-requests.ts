import type { RateLimit } from '../src/turns/rate-limit';
import { countsForMs, paceRequests } from '../src/turns/pace-requests';

export interface PlayedRequest {
  readonly sentAt: number;
  readonly answeredAt: number;
}

export interface Demand {
  /** Milliseconds from one wish to send to the next. */
  demand(index: number): number;
  /** Milliseconds until a request is answered. */
  answers(index: number): number;
  readonly until: number;
}

/**
 * What goes out where requests are paced and the log of them is kept as the outbox keeps it: one that is under way counts,
 * one that was answered counts a window longer. Times begin at 0.
 */
export function play(limit: RateLimit, { demand, answers, until }: Demand): readonly PlayedRequest[] {
  const sent: PlayedRequest[] = [];
  let counting: readonly PlayedRequest[] = [];
  let nextAt = 0;
  let wishedAt = demand(0);
  for (let now = wishedAt; now <= until;) {
    counting = counting.filter(({ answeredAt }) => answeredAt + countsForMs(limit) > now);
    const { firstEndAt, firstAnswerAt } = lookAt(counting, now);
    const firstFreeAt = counting.length === 0 ? now : firstEndAt + countsForMs(limit);
    const use = { used: counting.length, firstFreeAt, nextAt, blockedUntil: 0 };
    const pace = paceRequests(limit, use, now);
    if (!pace.isFree) {
      // An answer that comes meanwhile makes the next look earlier.
      now = Math.max(now + 1, Math.min(Math.ceil(pace.until), firstAnswerAt));
      continue;
    }
    nextAt = Math.round(pace.nextAt);
    const request = { sentAt: now, answeredAt: now + answers(sent.length) };
    sent.push(request);
    counting = [...counting, request];
    wishedAt += demand(sent.length);
    now = Math.max(now, wishedAt);
  }
  return sent;
}

/** When the first answer came or, as far as can be known, comes, and the first that is still to come. */
function lookAt(counting: readonly PlayedRequest[], now: number): { firstEndAt: number; firstAnswerAt: number } {
  let firstEndAt = Infinity;
  let firstAnswerAt = Infinity;
  for (const { sentAt, answeredAt } of counting) {
    if (answeredAt > now) firstAnswerAt = Math.min(firstAnswerAt, answeredAt);
    firstEndAt = Math.min(firstEndAt, answeredAt > now ? sentAt + LONGEST_MS : answeredAt);
  }
  return { firstEndAt, firstAnswerAt };
}

// A request whose end is not known counts as one that takes as long as any may.
const LONGEST_MS = 20_000;
