import { REASONS } from '@segment-userleap/mapping';
import type { EventRecord } from '../../src/outbox/port/event-record';
import { REFUSED } from './arbitrary-history';
import type { History } from './arbitrary-history';
import { aliasedTo, messageIdOf } from './accepted-call';
import type { AcceptedCall } from './accepted-call';
import type { Played } from './play-history';
import { logRequests } from './request-log';
import type { LoggedRequest } from './request-log';

const OVERFLOWS = 'more than';

/** What was accepted and is lost, or came to an end, or waits, for a reason that does not hold. */
export function judgeEndings(history: History, played: Played): readonly string[] {
  const judge = new EndingsJudge(history, played);
  const events = new Map(played.events.map((event) => [event.messageId, event]));
  const ofCalls = played.calls.flatMap((call) => {
    const event = events.get(messageIdOf(call));
    const sentence = event ? judge.judge(call, event) : 'is lost';
    return sentence === undefined ? [] : [`${call.kind} ${call.number} of ${call.userId} ${sentence}`];
  });
  return [...ofCalls, ...judge.judgeLanes()];
}

class EndingsJudge {
  readonly #logs: ReadonlyMap<string, readonly LoggedRequest[]>;

  constructor(
    private readonly history: History,
    private readonly played: Played,
  ) {
    this.#logs = logRequests(played);
  }

  /** Undefined: it is as it should be. */
  judge(call: AcceptedCall, { state, reason, message }: EventRecord): string | undefined {
    // What was never tried waits as its lane does.
    const needsReason = state !== 'delivered' && !(state === 'pending' && reason === null);
    if (needsReason && !isReason(reason)) return `is ${state} without a reason`;
    switch (state) {
      case 'delivered':
        return this.#hasReached(call) ? undefined : 'is delivered, but has not reached UserLeap';
      case 'pending':
        // That is its lane's to say.
        return undefined;
      case 'rejected':
        return this.#mayReject(call, reason, message ?? '') ? undefined : `is rejected: ${reason}, ${message}`;
      case 'filtered':
        return this.#mayFilter(call, reason) ? undefined : `is filtered: ${reason}`;
      case 'dismissed':
      case 'unsupported':
      case 'held':
        return `is ${state}`;
    }
  }

  /** After a calm while nothing waits but for users whom UserLeap does not know. */
  judgeLanes(): readonly string[] {
    const { marks, isBlocked, isPaused, placeInMs } = this.played;
    // A block that went on lasts longer after a restart under a clock that was set back (docs/delivery.md).
    const wasSetBack = marks.some((mark) => mark.kind === 'kill' && mark.wasSetBy < 0);
    if (wasSetBack && isBlocked) return [];
    return this.played.lanes.flatMap(({ userId, waitsFor, pending, dueAt }) => {
      const isStranger = waitsFor === 'identify' && dueAt !== null && !this.played.model.users.has(userId);
      const also = `${isPaused ? 'paused; ' : ''}the next place in ${placeInMs} ms`;
      return isStranger ? [] : [`${pending} events of ${userId} still wait: ${waitsFor}; ${also}`];
    });
  }

  #hasReached({ kind, number, userId }: AcceptedCall): boolean {
    const done = (this.#logs.get(userId) ?? []).filter(({ request }) => request.isDone);
    switch (kind) {
      case 'track':
        return done.some(({ tracks }) => tracks.includes(number));
      case 'identify':
        return done.some(({ identify }) => identify !== undefined && identify >= number);
      case 'delete':
        return done.some(({ request }) => request.kind === 'purge');
      case 'alias':
        return true;
    }
  }

  #mayReject(call: AcceptedCall, reason: string | null, message: string): boolean {
    const { isPoison, userId, acceptedAt, kind } = call;
    if (reason === 'refused') return isPoison || (REFUSED.includes(userId) && kind !== 'delete');
    // The relay's clock is believed, or not: never by more than it was set.
    const age = (this.played.rejectedBy.get(messageIdOf(call)) ?? 0) - acceptedAt + this.played.setByMs;
    if (reason === 'unknown_user' && message.startsWith(OVERFLOWS)) return true;
    const longest = reason === 'unknown_user' ? this.history.graceSeconds * 1_000 : Infinity;
    return age >= Math.min(longest, this.history.horizonMs);
  }

  #mayFilter(call: AcceptedCall, reason: string | null): boolean {
    const users = call.kind === 'alias' ? [call.userId, aliasedTo(call)] : [call.userId];
    const isDeleted = this.played.calls.some(({ kind, number, userId }) => {
      return kind === 'delete' && number > call.number && users.includes(userId);
    });
    if (reason === 'user_deleted') return isDeleted;
    return reason === 'nothing_to_alias' && call.kind === 'alias';
  }
}

function isReason(reason: string | null): boolean {
  return reason !== null && reason in REASONS;
}
