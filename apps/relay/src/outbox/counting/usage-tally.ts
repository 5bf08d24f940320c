import { samplePosition } from '@segment-userleap/mapping';
import { addToRows } from '../schema/add-to-rows';
import { executeForRows } from '../schema/execute-for-rows';
import type { Tx } from '../schema/outbox-schema';
import { dayOf, monthOf } from './calendar';

/** Of how large samples it is counted how many users they would have. */
export const SAMPLES = [10, 25, 50] as const;

type Place = readonly [owner: string, time: number];

/** What a transaction has counted so far of what was sent in which month. */
export class UsageTally {
  readonly #months = new Map<string, { readonly place: Place; readonly sums: number[] }>();
  readonly #days = new Map<string, { readonly place: Place; readonly sums: number[] }>();
  readonly #saved = new Map<string, { readonly place: Place; readonly reason: string; sum: number }>();

  /** Users of an environment begin to count in a month, or, -1, do not after all. */
  addUsers(environment: string, at: number, users: readonly string[], by: 1 | -1 = 1): void {
    if (users.length === 0) return;
    const samples = SAMPLES.map((percent) => users.filter((userId) => samplePosition(userId) < percent).length);
    add(
      this.#months,
      `${monthOf(at)} ${environment}`,
      [environment, at],
      [by * users.length, ...samples.map((count) => by * count)],
    );
    add(this.#days, `${dayOf(at)} ${environment}`, [environment, at], [by * users.length, 0, 0]);
  }

  /** So much was sent. */
  addSent(environment: string, at: number, events: number, attributes: number): void {
    add(this.#days, `${dayOf(at)} ${environment}`, [environment, at], [0, events, attributes]);
  }

  /** An event of a destination needed not be sent. */
  addSaved(destination: string, at: number, reason: string): void {
    const key = `${monthOf(at)} ${destination} ${reason}`;
    const saved = this.#saved.get(key) ?? { place: [destination, at] as const, reason, sum: 0 };
    saved.sum += 1;
    this.#saved.set(key, saved);
  }

  /** Keeps it. Like all counts last, and in one order: first months, then days. */
  async write(tx: Tx): Promise<void> {
    const months = inOrder(this.#months).map(({ place: [owner, time], sums }) => [owner, monthOf(time), ...sums]);
    await executeForRows(tx, ADD_TO_MONTH, months);
    const days = inOrder(this.#days).map(({ place: [owner, time], sums }) => [owner, dayOf(time), ...sums]);
    await executeForRows(tx, ADD_TO_DAY, days);
    const saved = inOrder(this.#saved).map(({ place: [owner, time], reason, sum }) => [
      owner,
      monthOf(time),
      reason,
      sum,
    ]);
    await executeForRows(tx, ADD_TO_SAVED, saved);
  }
}

function add(
  all: Map<string, { readonly place: Place; readonly sums: number[] }>,
  key: string,
  place: Place,
  counts: readonly number[],
): void {
  const sum = all.get(key);
  if (sum) counts.forEach((count, index) => (sum.sums[index] = (sum.sums[index] ?? 0) + count));
  else all.set(key, { place, sums: [...counts] });
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
