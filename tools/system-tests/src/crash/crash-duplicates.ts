import { readArrivals } from './crash-arrivals';
import { stepOfName } from './crash-event';
import type { SentEvent } from './crash-event';
import type { Life } from './crash-lives';

/** So many lanes are in flight at most. */
const MOST_IN_FLIGHT = 256;

/** What of a life UserLeap counted again in a later one. */
export interface Repeated {
  readonly users: number;
  readonly events: number;
}

/**
 * What UserLeap counted more than once, by life; and a sentence for each time that was anything but a turn in flight at
 * the kill. By UserLeap's own count, so that requests whose answers were lost are in it. Only Tracks have names of
 * their own, so only they are counted.
 */
export function findDuplicates(
  lives: readonly Life[],
  acknowledged: readonly SentEvent[],
): { readonly repeated: readonly Repeated[]; readonly wrong: readonly string[] } {
  const sentAt = new Map(acknowledged.map(({ messageId, firstSentAt }) => [messageId, firstSentAt]));
  const counts = lives.map(readCounts);
  const wrong: string[] = [];
  const repeated = lives.map((life, at) => {
    wrong.push(...findTwice(counts[at] ?? new Map()).map((sentence) => `life ${at + 1}: ${sentence}`));
    const again = findAgain(counts[at] ?? new Map(), counts.slice(at + 1));
    if (again.size > MOST_IN_FLIGHT) wrong.push(`life ${at + 1}: ${again.size} users were delivered to again`);
    for (const [userId, steps] of again) {
      const sentence = findSettled(life, userId, steps, [...(counts[at]?.get(userId)?.keys() ?? [])], sentAt);
      if (sentence !== undefined) wrong.push(`life ${at + 1}: ${sentence}`);
    }
    return { users: again.size, events: [...again.values()].flat().length };
  });
  return { repeated, wrong };
}

/** By user and step. */
type Counts = ReadonlyMap<string, ReadonlyMap<number, number>>;

function readCounts({ users }: Life): Counts {
  return new Map(
    users.map(({ externalUserId, events }) => {
      const steps = events.flatMap(({ event, count }) => {
        const step = stepOfName(event);
        return step === undefined ? [] : [[step, count] as const];
      });
      return [externalUserId, new Map(steps)];
    }),
  );
}

function findTwice(counts: Counts): readonly string[] {
  return [...counts].flatMap(([userId, steps]) =>
    [...steps].flatMap(([step, count]) =>
      count > 1 ? [`${userId}-${step} was delivered ${count} times without a kill`] : [],
    ),
  );
}

/** The steps, by user and ascending, that were counted in a later life, too. */
function findAgain(counts: Counts, later: readonly Counts[]): ReadonlyMap<string, readonly number[]> {
  const again = [...counts].map(([userId, steps]) => {
    const repeated = [...steps.keys()].filter((step) => later.some((life) => life.get(userId)?.has(step)));
    return [userId, repeated.sort((a, b) => a - b)] as const;
  });
  return new Map(again.filter(([, steps]) => steps.length > 0));
}

/**
 * Says what shows that the steps which came again were not all of one turn, the last of the life: a turn is all that
 * waited when it began, and the next turn of its user begins when its outcome is kept.
 */
function findSettled(
  { requests }: Life,
  userId: string,
  again: readonly number[],
  counted: readonly number[],
  sentAt: ReadonlyMap<string, number>,
): string | undefined {
  const [first = 0] = again;
  const once = counted.find((step) => step > first && !again.includes(step));
  if (once !== undefined) return `${userId}-${first} came again, though ${userId}-${once}, delivered after it, did not`;
  const carriers = readArrivals(requests).filter((one) => one.userId === userId && one.steps.includes(first));
  const begunAt = Date.parse(carriers.at(-1)?.request.receivedAt ?? '');
  const later = again.find((step) => (sentAt.get(`${userId}-${step}`) ?? 0) > begunAt);
  return later === undefined
    ? undefined
    : `${userId}-${first} came again, though it was on its way before ${userId}-${later} was sent`;
}
