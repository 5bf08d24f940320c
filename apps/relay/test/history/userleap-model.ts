import type { UserLeapReply, UserLeapRequest } from '@segment-userleap/userleap-api';
import { REFUSED } from './arbitrary-history';
import { CALM } from './weather';
import type { Weather } from './weather';

/** A request as UserLeap met it. Times are milliseconds of the time that passes. */
export interface MetRequest {
  readonly kind: UserLeapRequest['kind'];
  readonly users: readonly string[];
  readonly body: UpsertBody;
  readonly sentAt: number;
  /** At the latest it was counted then. */
  readonly answeredAt: number;
  readonly status: number | undefined;
  /** UserLeap has done what it was asked to. */
  readonly isDone: boolean;
}

export interface UpsertBody {
  readonly userId?: string;
  readonly userIds?: readonly string[];
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  readonly events?: readonly { readonly event: string; readonly timestamp: number }[];
}

interface User {
  readonly attributes: Map<string, string | number | boolean>;
  readonly events: Map<string, { first: number; last: number }>;
}

/** Names of what is refused with whatever it comes. */
export const POISONED_EVENT = 'Poison';
export const POISONED_TRAIT = 'poison';

/** UserLeap: knows users from their first upsert on, refuses some of it, and has weather. */
export class UserLeapModel {
  readonly met: MetRequest[] = [];
  readonly users = new Map<string, User>();
  #weather: readonly Weather[];

  constructor(
    weather: readonly Weather[],
    private readonly chance: () => number,
  ) {
    this.#weather = weather;
  }

  /** Nothing goes wrong from now on. */
  calm(): void {
    this.#weather = [CALM];
  }

  /** What it answers to a request that comes now, and after how many milliseconds. What it does, it does at once. */
  meet(request: UserLeapRequest, now: number): { readonly reply: UserLeapReply; readonly latencyMs: number } {
    const { latencyMs, trouble, hits, isServed } = this.#weatherAt(now);
    const hit = this.chance() * 10 < hits ? trouble : undefined;
    const body = JSON.parse(request.body ?? '{}') as UpsertBody;
    const users = usersOf(request, body);
    const answer = hit === undefined || isServed ? this.#serve(request.kind, users, body) : undefined;
    const reply = hit ?? answer ?? { failure: 'network_failure' };
    const status = 'status' in reply ? reply.status : undefined;
    // Nobody to erase is as good as erased.
    const isDone = answer !== undefined && (answer.status < 300 || request.kind === 'purge');
    const times = { sentAt: now, answeredAt: now + latencyMs };
    this.met.push({ kind: request.kind, users, body, ...times, status, isDone });
    return { reply, latencyMs };
  }

  #weatherAt(now: number): Weather {
    let end = 0;
    return this.#weather.find(({ lastsMs }) => now < (end += lastsMs)) ?? CALM;
  }

  #serve(kind: UserLeapRequest['kind'], users: readonly string[], body: UpsertBody) {
    const known = users.filter((userId) => this.users.has(userId));
    const [userId = ''] = users;
    switch (kind) {
      case 'lookup':
        return known.length === 0 ? answer(404) : answer(200, this.#profile(userId));
      case 'purge':
        for (const one of users) this.users.delete(one);
        return answer(known.length === 0 ? 400 : 200);
      case 'upsert':
        if (isRefused(userId, body)) return answer(400);
        this.#apply(userId, body);
        return answer(202);
    }
  }

  #apply(userId: string, { attributes = {}, events = [] }: UpsertBody): void {
    const user = this.users.get(userId) ?? { attributes: new Map(), events: new Map() };
    this.users.set(userId, user);
    for (const [name, value] of Object.entries(attributes)) user.attributes.set(name, value);
    for (const { event, timestamp } of events) {
      const { first, last } = user.events.get(event) ?? { first: timestamp, last: timestamp };
      user.events.set(event, { first: Math.min(first, timestamp), last: Math.max(last, timestamp) });
    }
  }

  #profile(userId: string): string {
    const { attributes, events } = this.users.get(userId) ?? { attributes: new Map(), events: new Map() };
    return JSON.stringify({
      id: userId,
      externalUserId: userId,
      attributes: Object.fromEntries(attributes),
      events: [...events].map(([event, { first, last }]) => {
        return { event, count: 2, createdAt: first, updatedAt: last };
      }),
    });
  }
}

function usersOf({ kind, url }: UserLeapRequest, { userId = '', userIds = [] }: UpsertBody): readonly string[] {
  if (kind === 'purge') return userIds;
  return [kind === 'lookup' ? decodeURIComponent(url.split('/').at(-1) ?? '') : userId];
}

function isRefused(userId: string, { attributes = {}, events = [] }: UpsertBody): boolean {
  if (REFUSED.includes(userId) || POISONED_TRAIT in attributes) return true;
  return events.some(({ event }) => event === POISONED_EVENT);
}

function answer(status: number, body = ''): { status: number; headers: Record<string, string>; body: string } {
  return { status, headers: {}, body };
}
