import { samplePosition } from '@segment-userleap/mapping';
import { addToRows } from '../schema/add-to-rows';
import type { Additions } from '../schema/add-to-rows';
import { dayOf, monthOf } from './calendar';

/** Of how large samples it is counted how many users they would have. */
export const SAMPLES = [10, 25, 50] as const;

type Place = readonly [owner: string, time: number];

/** What was counted of a day: users, events, attributes, and how many of the users each sample would have. */
interface Day {
  readonly place: Place;
  users: number;
  events: number;
  attributes: number;
  readonly samples: number[];
}

/** What a transaction has counted so far of what was sent in which month. */
export class UsageTally {
  readonly #days = new Map<string, Day>();
  readonly #saved = new Map<string, { readonly place: Place; readonly reason: string; sum: number }>();

  /** Users of an environment begin to count in a month, or, -1, do not after all. */
  addUsers(environment: string, at: number, users: readonly string[], by: 1 | -1 = 1): void {
    if (users.length === 0) return;
    const day = this.#dayOf(environment, at);
    day.users += by * users.length;
    for (const userId of users) {
      const position = samplePosition(userId);
      SAMPLES.forEach((percent, index) => {
        if (position < percent) day.samples[index] = (day.samples[index] ?? 0) + by;
      });
    }
  }

  /** So much was sent. */
  addSent(environment: string, at: number, events: number, attributes: number): void {
    const day = this.#dayOf(environment, at);
    day.events += events;
    day.attributes += attributes;
  }

  /** An event of a destination needed not be sent, or, -1, is to be after all. */
  addSaved(destination: string, at: number, reason: string, by: 1 | -1 = 1): void {
    const key = `${monthOf(at)} ${destination} ${reason}`;
    const saved = this.#saved.get(key) ?? { place: [destination, at] as const, reason, sum: 0 };
    saved.sum += by;
    this.#saved.set(key, saved);
  }

  /** What is to be added up, in one order: first months, then days. */
  list(): readonly Additions[] {
    const days = inOrder(this.#days);
    const dayRows = days.map(({ place: [owner, time], users, events, attributes }) => {
      return [owner, dayOf(time), users, events, attributes];
    });
    const saved = inOrder(this.#saved).map(({ place: [owner, time], reason, sum }) => {
      return [owner, monthOf(time), reason, sum];
    });
    return [
      [ADD_TO_MONTH, sumUpMonths(days)],
      [ADD_TO_DAY, dayRows],
      [ADD_TO_SAVED, saved],
    ];
  }

  #dayOf(environment: string, at: number): Day {
    // It sorts as text, as long as days have five digits: until 2243.
    const key = `${Math.floor(at / DAY_MS)} ${environment}`;
    const found = this.#days.get(key);
    if (found) return found;
    const day = {
      place: [environment, at] as const,
      users: 0,
      events: 0,
      attributes: 0,
      samples: SAMPLES.map(() => 0),
    };
    this.#days.set(key, day);
    return day;
  }
}

const DAY_MS = 24 * 60 * 60_000;

/** A row for each month of days on which users began to count. */
function sumUpMonths(days: readonly Day[]): readonly (readonly (string | number)[])[] {
  const months = new Map<string, { readonly key: readonly [string, number]; readonly sums: number[] }>();
  for (const { place, users, samples } of days) {
    if (users === 0 && samples.every((count) => count === 0)) continue;
    const [owner, time] = place;
    const key = `${monthOf(time)} ${owner}`;
    const month = months.get(key) ?? { key: [owner, monthOf(time)] as const, sums: [] };
    [users, ...samples].forEach((count, index) => (month.sums[index] = (month.sums[index] ?? 0) + count));
    months.set(key, month);
  }
  return inOrder(months).map(({ key, sums }) => [...key, ...sums]);
}

function inOrder<T>(map: ReadonlyMap<string, T>): readonly T[] {
  return [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value);
}

const ADD_TO_MONTH = addToRows(
  'usage_months',
  ['environment', 'month'],
  ['users', ...SAMPLES.map((percent) => `users_${percent}`)],
  'text, bigint, bigint, bigint, bigint, bigint',
);
const ADD_TO_DAY = addToRows(
  'usage_days',
  ['environment', 'day'],
  ['users', 'events', 'attributes'],
  'text, bigint, bigint, bigint, bigint',
);
const ADD_TO_SAVED = addToRows(
  'usage_saved',
  ['destination', 'month', 'reason'],
  ['events'],
  'text, bigint, text, bigint',
);
